package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The published manifests, from which one verb of one rule after another is taken away: preflight, or where only a sweep needs
 * it the sweep, names exactly that one, before anything is changed.
 */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class RulesLiveTest {

    private static final String CANARY = "target: {namespace: bookinfo, canary: {app: reviews, version: v3}}\n";
    private static final String STEADY = "steadyState: [{failedRequests: {of: reviews, max: 50, per: 1m}}]\n";

    /** Those of the canary, those to it, those to it from one caller: each needs other rights. */
    private static final List<String> FAULTS = List.of(
            "faults: [{httpAbort: {to: ratings, status: 500, percentage: 100}}]\n",
            "faults: [{httpAbort: {to: reviews, status: 500, percentage: 100}}]\n",
            "faults: [{httpAbort: {to: reviews, from: {app: productpage}, status: 500, percentage: 100}}]\n",
            "faults: [{httpAbort: {to: details, status: 500, percentage: 100}}]\n");

    private static final String OF_THE_USER =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: details, namespace: bookinfo}
            spec: {hosts: [details], http: [{route: [{destination: {host: details}}]}]}
            """;

    private static final Map<String, String> VARIABLES =
            Map.of("NAMESPACE", Mesh.NAMESPACE, "VERSION", "v3", "TESTER", "somebody");

    /** Which canaryRollback each role is for. */
    private static final Map<String, String> ROLLBACKS = Map.of(
            "chaos-gate-undo-deployment", "undoDeployment",
            "chaos-gate-scale-to-zero", "scaleToZero",
            "chaos-gate-route-to-stable", "routeToStable",
            "chaos-gate-abort-rollout", "abortRollout");

    /** Autoscalers are only warned of; the bed has no Gateway API. */
    private static final Set<String> ONLY_NICE_OR_NOT_SERVED = Set.of("autoscaling", "gateway.networking.k8s.io");

    private final List<HasMetadata> made = new ArrayList<>();

    @AfterEach
    void withdraw(FullBed bed) {
        made.forEach(object -> bed.client().resource(object).delete());
    }

    @Test
    void eachRightForAnEnvoyFilterIsNamedWhereItIsMissing(FullBed bed) throws Exception {
        eachIsNamed(bed, "envoy-filter.yaml", "");
    }

    @Test
    void eachRightForAVirtualServiceIsNamedWhereItIsMissing(FullBed bed) throws Exception {
        made.add(bed.client().resource(OF_THE_USER).create());
        eachIsNamed(bed, "virtual-service.yaml", "mechanism: virtualService\n");
    }

    @Test
    void eachRightToRollACanaryBackIsNamedWhereItIsMissing(FullBed bed) throws Exception {
        try (Rollouts rollouts = Rollouts.define(bed)) {
            rollouts.withUpdate();
            for (String name : Account.rollbackRoles(bed)) {
                List<HasMetadata> granted = Account.rollback(bed, name);
                for (HasMetadata object : granted) {
                    made.add(bed.client().resource(object).create());
                }
                Role role = (Role) granted.stream()
                        .filter(Role.class::isInstance)
                        .findFirst()
                        .orElseThrow();
                Account.grantAll(bed, role);
                assertThat(withoutRight(bed, role)).as(name).isEmpty();
                for (Account.Right right : Account.rights(role)) {
                    Account.grantAllBut(bed, role, right);
                    List<String> complaints = withoutRight(bed, role);
                    if (ONLY_NICE_OR_NOT_SERVED.contains(right.group())) {
                        assertThat(complaints).as(right.words()).isEmpty();
                    } else {
                        assertThat(complaints)
                                .as("without the right to " + right.words())
                                .singleElement()
                                .matches(complaint -> isAbout(complaint, right));
                    }
                }
                for (HasMetadata object : granted) {
                    bed.client().resource(object).delete();
                }
                for (Account.Right right : Account.rights(role)) {
                    Account.awaitEnd(bed, right);
                }
            }
        }
    }

    /** What the plan of the rollback that the role is for has against it that is about rights. */
    private static List<String> withoutRight(FullBed bed, Role role) throws IOException {
        String kind = ROLLBACKS.get(role.getMetadata().getName());
        String experiment = "name: rights\ntarget: {namespace: bookinfo, canary: {app: "
                + (kind.equals("abortRollout") ? "shop" : "reviews")
                + ", version: v2}, stable: {app: reviews, version: v1}}\ncontrolRun: true\n" + STEADY
                + "canaryRollback: " + kind + "\n";
        Experiment read = ExperimentReader.read("rights.yaml", experiment, Map.of());
        GateTicket ticket = GateTicket.beginning(Instant.now(), "rights", "a test", read.watch());
        try (IstioFaultInjector mesh = mesh(bed)) {
            return mesh.canaryKeeper().plan(read, ticket).toCompletableFuture().join().findings().stream()
                    .filter(Finding::stopsTheGate)
                    .map(Finding::text)
                    .filter(text -> text.startsWith("may not") || text.contains("cannot "))
                    .toList();
        }
    }

    /** Also those of services that the bed lacks: whatever else they miss, they miss no right. */
    @Test
    void theManifestsAreEnoughForAllExamples(FullBed bed) throws Exception {
        for (HasMetadata object : Account.manifest(bed, "envoy-filter.yaml")) {
            made.add(bed.client().resource(object).create());
        }
        Role role =
                (Role) made.stream().filter(Role.class::isInstance).findFirst().orElseThrow();
        Account.grantAll(bed, role);
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            List<Path> examples = files.filter(file -> file.toString().matches(".*\\.(yaml|json)"))
                    .sorted()
                    .toList();
            assertThat(examples).hasSizeGreaterThan(5);
            for (Path example : examples) {
                String text = Files.readString(example).replaceAll("\\b(shop)\\b", Mesh.NAMESPACE);
                var read = ExperimentReader.read(example.getFileName().toString(), text, variables(text));
                try (IstioFaultInjector mesh = mesh(bed)) {
                    assertThat(preflight(mesh, read))
                            .as(example.toString())
                            .isNotEmpty()
                            .noneMatch(finding -> finding.stopsTheGate() && isAboutRights(finding, read));
                }
            }
        }
    }

    private static Map<String, String> variables(String text) {
        return VARIABLES.entrySet().stream()
                .filter(variable -> text.contains("${" + variable.getKey() + "}"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A service of another namespace is not in the role of this one, and the documentation says so. */
    private static boolean isAboutRights(Finding finding, Experiment experiment) {
        return finding.topic().equals("permissions")
                && finding.text().contains("in namespace " + experiment.target().namespace());
    }

    private void eachIsNamed(FullBed bed, String manifest, String mechanism) throws Exception {
        for (HasMetadata object : Account.manifest(bed, manifest)) {
            made.add(bed.client().resource(object).create());
        }
        Role role =
                (Role) made.stream().filter(Role.class::isInstance).findFirst().orElseThrow();
        Map<String, String> before = Belongings.of(bed.client());
        Account.grantAll(bed, role);
        List<String> always = complaints(bed, mechanism);
        assertThat(always).noneMatch(complaint -> complaint.startsWith("may not") || complaint.contains("cannot list"));
        for (Account.Right right : Account.rights(role)) {
            Account.grantAllBut(bed, role, right);
            assertThat(complaints(bed, mechanism))
                    .filteredOn(complaint -> !always.contains(complaint))
                    .as("without the right to " + right.words())
                    .isNotEmpty()
                    .allSatisfy(complaint ->
                            assertThat(isAbout(complaint, right)).as(complaint).isTrue());
        }
        Mesh.assertNothingIsLeft(bed);
        assertThat(Belongings.of(bed.client())).isEqualTo(before);
    }

    private static boolean isAbout(String complaint, Account.Right right) {
        boolean preflights =
                complaint.startsWith("may not " + right.words() + ": ") && complaint.contains(right.rule());
        boolean theClusters = complaint.contains("cannot " + right.verb() + " resource \"" + right.resource()
                + "\" in API group \"" + right.group() + "\" in the namespace \"" + Mesh.NAMESPACE + "\"");
        return preflights || theClusters;
    }

    private static IstioFaultInjector mesh(FullBed bed) throws IOException {
        return Account.connect(bed);
    }

    /** All that preflights, and a sweep, have against starting. */
    private static List<String> complaints(FullBed bed, String mechanism) throws IOException {
        List<String> complaints = new ArrayList<>();
        try (IstioFaultInjector mesh = mesh(bed)) {
            for (String faults : FAULTS) {
                String experiment = "name: rights\n" + mechanism + CANARY + faults + STEADY;
                preflight(mesh, ExperimentReader.read("rights.yaml", experiment, Map.of())).stream()
                        .filter(Finding::stopsTheGate)
                        .map(Finding::text)
                        .forEach(complaints::add);
            }
            complaints.addAll(sweep(mesh));
        }
        return complaints;
    }

    private static List<Finding> preflight(IstioFaultInjector mesh, Experiment experiment) {
        GateTicket ticket = GateTicket.beginning(Instant.now(), "rights", "a test", experiment.watch());
        return mesh.plan(experiment, ticket).toCompletableFuture().join().findings();
    }

    private static List<String> sweep(IstioFaultInjector mesh) {
        try {
            mesh.findLeftovers(Optional.of(Mesh.NAMESPACE))
                    .toCompletableFuture()
                    .join();
            return List.of();
        } catch (CompletionException refused) {
            return List.of(refused.getCause().getMessage());
        }
    }
}
