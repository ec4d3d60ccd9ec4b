package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.istio.Placement.Destination;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Works out where each fault goes. Pure, but for the findings that it adds where a fault cannot be placed. */
final class Placer {

    private final Survey survey;
    private final Findings findings;

    Placer(Survey survey, Findings findings) {
        this.survey = survey;
        this.findings = findings;
    }

    /** One placement for each fault that can be placed, in the experiment's order. */
    List<Placement> place(Experiment experiment) {
        List<Placement> placements = IntStream.range(0, experiment.faults().size())
                .mapToObj(index -> place(index, experiment.faults().get(index)))
                .flatMap(Optional::stream)
                .toList();
        checkOverlaps(placements);
        return placements;
    }

    private Optional<Placement> place(int index, Fault fault) {
        List<String> problems = FaultCheck.problems(fault);
        problems.forEach(problem -> findings.error("faults", "fault " + (index + 1) + ": " + problem));
        Scope scope = fault.scope();
        MeshService service = survey.services().get(scope.to());
        if (service == null) {
            // Named by the check of services, which knows the thresholds' services, too.
            return Optional.empty();
        }
        if (service.isExternal()) {
            findings.error(
                    "service",
                    "service " + service.name() + " is an ExternalName: calls that leave the mesh cannot be hurt");
            return Optional.empty();
        }
        List<JsonNode> ports = PortChoice.of(service, fault, findings);
        boolean ofCanary = survey.canaryServices().contains(scope.to());
        boolean inbound = ofCanary && scope.from().isEmpty();
        Map<String, String> selector = scope.from().isEmpty() ? survey.target().canary() : scope.from();
        List<Member> proxies = survey.selectedBy(selector);
        if (!scope.from().isEmpty()) {
            ProxyCheck.readiness("callers", selector, proxies, findings);
        }
        boolean hasCallers = scope.from().isEmpty() || ProxyCheck.check("callers", selector, proxies, findings);
        Optional<Destination> only =
                ofCanary && !inbound ? CanaryDestination.find(survey, service, findings) : Optional.empty();
        if (!problems.isEmpty() || ports.isEmpty() || !hasCallers || ofCanary && !inbound && only.isEmpty()) {
            return Optional.empty();
        }
        if (inbound) {
            findings.warning(
                    "inbound fault",
                    "calls to " + scope.to()
                            + " are hurt at the canary's own proxy: its listener is drained when the fault"
                            + " goes in and out, and callers' retries apply");
        }
        if (!inbound) {
            Visibility.hidden(survey, service, proxies)
                    .ifPresent(why -> findings.error(
                            "route",
                            "the callers' proxies have no route to " + scope.to() + ", so none of their calls can"
                                    + " be hurt: " + why));
        }
        String host = survey.host(service.name());
        return Optional.of(new Placement(
                index,
                fault,
                selector,
                proxies,
                inbound,
                host,
                ports.stream()
                        .map(port -> inbound
                                ? inboundNumber(port)
                                : port.path("port").asInt())
                        .distinct()
                        .toList(),
                only,
                inbound ? Set.of() : RouteEnds.of(survey, host)));
    }

    /** By which number istiod names the inbound virtual host behind a service's port. */
    private int inboundNumber(JsonNode port) {
        String target = MeshService.targetOf(port);
        Optional<Integer> ofSidecar = survey.sidecars().stream()
                .filter(sidecar -> !Json.namespace(sidecar).equals(Surveyor.ROOT_NAMESPACE))
                .filter(sidecar -> Labels.match(
                        Json.strings(
                                sidecar.path("spec").path("workloadSelector").path("labels")),
                        survey.target().canary()))
                .flatMap(sidecar -> Json.elements(sidecar.path("spec").path("ingress")))
                .map(ingress -> ingress.path("port").path("number"))
                .filter(number -> number.asText().equals(target))
                .map(JsonNode::asInt)
                .findFirst();
        // Several services on one port of the pod: the oldest gives the name.
        return ofSidecar.orElseGet(() -> survey.servicesOfCanary().stream()
                .map(name -> survey.services().get(name))
                .sorted(Comparator.comparing(MeshService::createdAt)
                        .thenComparing(service -> service.name().name()))
                .flatMap(service -> service.ports().stream())
                .filter(other -> MeshService.targetOf(other).equals(target))
                .map(other -> other.path("port").asInt())
                .findFirst()
                .orElse(port.path("port").asInt()));
    }

    /** Two sets of proxies with members in common: of two faults on one host only the newer would act there. */
    private void checkOverlaps(List<Placement> placements) {
        for (Placement a : placements) {
            for (Placement b : placements) {
                if (a.index() < b.index()
                        && a.host().equals(b.host())
                        && a.inbound() == b.inbound()
                        && !a.selector().equals(b.selector())
                        && a.proxies().stream().anyMatch(b.proxies()::contains)) {
                    findings.error(
                            "faults",
                            "the faults " + (a.index() + 1) + " and " + (b.index() + 1) + " on calls to " + a.host()
                                    + " have callers in common (" + Labels.toSelector(a.selector()) + " and "
                                    + Labels.toSelector(b.selector()) + "): make them distinct, or the same");
                }
            }
        }
    }
}
