package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What follows from a survey for an experiment: who is who, what would be changed, and what speaks against it. */
final class Planner {

    private static final int MOST_NAMES = 10;

    private final Experiment experiment;
    private final GateTicket ticket;
    private final Survey survey;
    private final Findings findings;

    Planner(Experiment experiment, GateTicket ticket, Survey survey, Findings findings) {
        this.experiment = experiment;
        this.ticket = ticket;
        this.survey = survey;
        this.findings = findings;
    }

    /**
     * What a plan is made of, beside the findings.
     *
     * @param domain the cluster's
     */
    record Result(Scene scene, Optional<Change> guard, List<Change> changes, String domain) {
        /** Of a cluster that showed nothing. */
        static final Result NONE = new Result(Scene.UNKNOWN, Optional.empty(), List.of(), "");
    }

    Result plan() {
        Target target = experiment.target();
        List<Member> canary = survey.canary();
        checkCanary(target, canary);
        List<Member> stable = stable(target, canary);
        checkServices();
        List<Placement> placements = new Placer(survey, findings).place(experiment);
        new RouteCheck(survey, ticket.id(), experiment.overrideFault(), findings).check(placements);
        OwnerCheck.check(survey, placements, findings);
        Optional<Change> guard = guard();
        List<Change> changes = placements.isEmpty() ? List.of() : write(placements, guard);
        boolean all = placements.size() == experiment.faults().size();
        Scene scene = new Scene(
                        Placement.workloads(target.canary(), canary),
                        stable.isEmpty() ? Workloads.NONE : Placement.workloads(target.stable(), stable),
                        survey.canaryServices(),
                        all ? placements.stream().map(Placement::point).toList() : List.of())
                .withPods(survey.pods());
        checkEnds(scene);
        boolean isComplete = experiment.isControlRun() || !changes.isEmpty();
        return new Result(scene, isComplete ? guard : Optional.empty(), changes, survey.domain());
    }

    /** What stands behind the faults and the lock; a warning where nothing stands behind the faults. */
    private Optional<Change> guard() {
        if (experiment.isGuarded()) {
            return Optional.of(GuardWriter.write(
                    ticket,
                    experiment.target().namespace(),
                    experiment.name(),
                    experiment.guard().lease()));
        }
        if (!experiment.isControlRun()) {
            findings.warning(
                    "guard",
                    (experiment.mechanism() == Mechanism.VIRTUAL_SERVICE
                                    ? "no guard can stand behind mechanism: virtualService"
                                    : "guard: none")
                            + ", so nothing removes the fault if this process dies; chaos-gate sweep would");
        }
        return Optional.empty();
    }

    private List<Change> write(List<Placement> placements, Optional<Change> guard) {
        if (experiment.mechanism() == Mechanism.VIRTUAL_SERVICE) {
            return new VirtualServiceWriter(survey, ticket, experiment.name(), findings).write(placements);
        }
        String namespace = experiment.target().namespace();
        if (namespace.equals(Surveyor.ROOT_NAMESPACE)) {
            findings.error(
                    "namespace",
                    "an EnvoyFilter in " + namespace + ", the mesh's root namespace, would reach workloads of every"
                            + " namespace: choose another target");
            return List.of();
        }
        return EnvoyFilterWriter.write(
                placements,
                survey.types().find(IstioTypes.ENVOY_FILTER).orElseThrow(),
                namespace,
                ticket,
                experiment.name(),
                guard,
                findings);
    }

    private void checkCanary(Target target, List<Member> canary) {
        if (ProxyCheck.check("canary", target.canary(), canary, findings)) {
            findings.ok(
                    "canary",
                    canary.size() + (canary.size() == 1 ? " member" : " members") + " of "
                            + Labels.toSelector(target.canary()) + ", with proxies: " + ProxyCheck.names(canary));
        }
    }

    /** Those with the labels given; without labels every other member behind the same services. */
    private List<Member> stable(Target target, List<Member> canary) {
        if (target.stable().isEmpty()) {
            return survey.canaryServices().stream()
                    .flatMap(service -> survey.behind(service).stream())
                    .distinct()
                    .filter(member -> !canary.contains(member))
                    .toList();
        }
        List<Member> stable = survey.selectedBy(target.stable());
        if (stable.stream().anyMatch(canary::contains)) {
            findings.error(
                    "stable",
                    "target.stable (" + Labels.toSelector(target.stable()) + ") and target.canary ("
                            + Labels.toSelector(target.canary()) + ") select the same pods: make them distinct");
        }
        if (stable.isEmpty()) {
            findings.error(
                    "stable",
                    "no running pod or WorkloadEntry has the labels " + Labels.toSelector(target.stable())
                            + " of target.stable: correct them");
        }
        return stable;
    }

    private void checkServices() {
        Set<ServiceName> named = Stream.concat(
                        experiment.faults().stream().map(fault -> fault.scope().to()),
                        experiment.steadyState().stream()
                                .filter(ServiceThreshold.class::isInstance)
                                .map(threshold -> ((ServiceThreshold) threshold).of()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Boolean, List<ServiceName>> byPresence =
                named.stream().collect(Collectors.partitioningBy(survey.services()::containsKey));
        byPresence
                .get(false)
                .forEach(name -> findings.error(
                        "service",
                        "service " + name + " does not exist; services in namespace " + name.namespace() + ": "
                                + known(name.namespace())
                                + (hasServices(name.namespace())
                                        ? ""
                                        : "; hosts outside the cluster cannot be hurt, nor judged")));
        if (byPresence.get(false).isEmpty() && !named.isEmpty()) {
            findings.ok(
                    "service",
                    "all services exist: "
                            + named.stream().map(ServiceName::toString).collect(Collectors.joining(", ")));
        }
    }

    /** What all of a service answered is counted by its name, which calls that are routed to others do not have. */
    private void checkEnds(Scene scene) {
        experiment.steadyState().stream()
                .filter(ServiceThreshold.class::isInstance)
                .map(ServiceThreshold.class::cast)
                .filter(threshold -> scene.judgedBy(threshold).isEmpty())
                .forEach(threshold -> {
                    Set<String> ends = RouteEnds.of(survey, survey.host(threshold.of()));
                    if (!ends.isEmpty()) {
                        findings.warning(
                                "service",
                                threshold.title() + ": calls to " + threshold.of() + " end at "
                                        + ends.stream().sorted().collect(Collectors.joining(", "))
                                        + ", and the mesh counts them under these names: judge those services, or an arm");
                    }
                });
    }

    private boolean hasServices(String namespace) {
        return survey.services().keySet().stream()
                .anyMatch(name -> name.namespace().equals(namespace));
    }

    private String known(String namespace) {
        String names = survey.services().keySet().stream()
                .filter(name -> name.namespace().equals(namespace))
                .map(ServiceName::name)
                .sorted()
                .limit(MOST_NAMES)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none seen" : names;
    }
}
