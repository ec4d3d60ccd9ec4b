package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that a gate writes is taken under the published roles and policies: tried, made, prolonged, taken over and taken out. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class PoliciesLiveTest {

    private static final String ROUTES =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: bookinfo}
            spec:
              hosts: [ratings]
              http:
              - name: testers
                match: [{headers: {end-user: {exact: jason}}, gateways: [mesh]}, {uri: {prefix: /old}}]
                fault: {delay: {fixedDelay: 7s, percentage: {value: 100}}}
                route: [{destination: {host: ratings, subset: v1}}]
              - name: everybody
                retries: {attempts: 2, perTryTimeout: 2s, retryOn: 5xx}
                timeout: 10s
                route:
                - {destination: {host: ratings, subset: v1}, weight: 90}
                - {destination: {host: ratings, subset: v1}, weight: 10, headers: {request: {set: {x-route: b}}}}
            """;

    private static final String TO_SUBSETS =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: bookinfo}
            spec:
              hosts: [reviews]
              http:
              - match: [{uri: {prefix: /reviews}, headers: {X-Tester: {exact: canary}}, sourceLabels: {app: productpage}}]
                route: [{destination: {host: reviews, subset: v3}}]
              - route: [{destination: {host: reviews, subset: v1}}]
            """;

    private static final List<HasMetadata> GRANTED = new ArrayList<>();

    @BeforeAll
    static void grant(FullBed bed) throws Exception {
        for (String file : List.of("envoy-filter.yaml", "guard-policies.yaml", "edit-policies.yaml")) {
            for (HasMetadata object : Account.manifest(bed, file)) {
                GRANTED.add(bed.client().resource(object).create());
            }
        }
        Role ours = role(GRANTED);
        List<HasMetadata> edits = Account.manifest(bed, "virtual-service.yaml");
        for (HasMetadata object : edits) {
            GRANTED.add(bed.client().resource(object).create());
        }
        GRANTED.add(bed.client().resource(ROUTES).create());
        GRANTED.add(bed.client().resource(TO_SUBSETS).create());
        Account.grantAll(bed, ours);
        Account.grantAll(bed, role(edits));
        StolenToken.awaitPolicies(bed);
    }

    private static Role role(List<HasMetadata> objects) {
        return objects.stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void withdraw(FullBed bed) {
        GRANTED.forEach(object -> bed.client().resource(object).delete());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("an abort", "httpAbort: {to: ratings, status: 500}"),
                arguments(
                        "the least and the greatest status",
                        "httpAbort: {to: ratings, status: 200}\n  - httpAbort: {to: details, status: 599}"),
                arguments("a millionth", "httpAbort: {to: ratings, status: 503, percentage: 0.0001}"),
                arguments("the shortest delay", "httpDelay: {to: ratings, delay: 1ms, percentage: 12.5}"),
                arguments("the longest delay", "httpDelay: {to: ratings, delay: 1h}"),
                arguments("a bandwidth limit", "bandwidthLimit: {to: ratings, limit: 64KiB/s}"),
                arguments("the widest bandwidth limit", "bandwidthLimit: {to: ratings, limit: 999999999MiB/s}"),
                arguments(
                        "all on one route",
                        "httpAbort: {to: ratings, status: 500, percentage: 1}\n"
                                + "  - httpDelay: {to: ratings, delay: 250ms, percentage: 50}\n"
                                + "  - bandwidthLimit: {to: ratings, limit: 1KiB/s, percentage: 2}"),
                arguments(
                        "headers, a port and a cap",
                        "httpDelay: {to: ratings, port: 9080, delay: 1s500ms, maxActive: 1000000,"
                                + " headers: {X-Tester: \"a b, c|~\", x_y.z: \"1\"}}"),
                arguments("a fault at the canary's own proxy", "httpAbort: {to: reviews, status: 500}"),
                arguments("a fault of one caller's", "httpAbort: {to: reviews, from: {app: productpage}, status: 500}"),
                arguments(
                        "several workloads",
                        "httpAbort: {to: ratings, status: 500}\n"
                                + "  - httpAbort: {to: details, from: {app: productpage}, status: 500}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isTaken(String what, String fault, FullBed bed) throws Exception {
        gate(bed, "lease: 1h\noverrideFault: true\n", fault, true);
    }

    @ParameterizedTest(name = "in a VirtualService: {0}")
    @MethodSource("edits")
    void isTakenInAVirtualService(String what, String fault, FullBed bed) throws Exception {
        gate(bed, "mechanism: virtualService\noverrideFault: true\n", fault, false);
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                arguments("an abort", "httpAbort: {to: ratings, status: 500, percentage: 0.5}"),
                arguments(
                        "an abort and a delay",
                        "httpAbort: {to: ratings, status: 599}\n  - httpDelay: {to: ratings, delay: 1ms}"),
                arguments(
                        "headers and a port",
                        "httpDelay: {to: ratings, port: 9080, delay: 1h, headers: {x-tester: canary}}"),
                arguments("a fault of one caller's", "httpAbort: {to: reviews, from: {app: productpage}, status: 500}"),
                arguments("a host without one", "httpAbort: {to: details, status: 500}"));
    }

    /** The life of a gate's objects, without the time between. */
    private static void gate(FullBed bed, String how, String fault, boolean guarded) throws Exception {
        Map<String, String> before = Belongings.of(bed.client());
        String text = "name: policies\ntarget: {namespace: bookinfo, canary: {app: reviews, version: v3}}\n" + how
                + "faults:\n  - " + fault
                + "\nsteadyState: [{failedRequests: {of: reviews, max: 50, per: 1m}}]\nwatch: {missingData: 2h}\n";
        Experiment experiment = ExperimentReader.read("policies.yaml", text, Map.of());
        GateTicket ticket = GateTicket.beginning(Instant.now(), "7f3a", "a test", experiment.watch());
        try (IstioFaultInjector mesh = Account.connect(bed)) {
            Plan plan = done(mesh.plan(experiment, ticket));
            assertThat(plan.findings()).noneMatch(Finding::stopsTheGate);
            assertThat(plan.changes()).isNotEmpty();
            assertThat(plan.guard().isPresent()).isEqualTo(guarded);
            List<Change> all = new ArrayList<>();
            plan.guard().ifPresent(all::add);
            Change lock = mesh.lock()
                    .write(experiment, ticket, plan.guard(), Instant.now())
                    .orElseThrow();
            for (Change change : plan.changes()) {
                done(mesh.dryRun(change));
            }
            try {
                plan.guard().ifPresent(guard -> done(mesh.inject(guard)));
                assertThat(done(mesh.lock().take(lock))).isEmpty();
                all.add(lock);
                for (Change change : plan.changes()) {
                    done(mesh.inject(change));
                    all.add(change);
                    assertThat(done(mesh.look(change))).isEqualTo(Presence.AS_MADE);
                }
                assertThat(done(mesh.lock().renew(lock))).isTrue();
                if (guarded) {
                    beats(bed, mesh, plan.guard().orElseThrow());
                }
            } finally {
                Collections.reverse(all);
                all.forEach(change -> done(mesh.rollback(change)));
            }
            assertThat(done(mesh.findLeftovers(Optional.of(Mesh.NAMESPACE)))).isEmpty();
        }
        Mesh.assertNothingIsLeft(bed);
        assertThat(Belongings.of(bed.client())).isEqualTo(before);
    }

    /** Of the process that made the guard, and of one that takes it over. */
    private static void beats(FullBed bed, IstioFaultInjector mesh, Change guard) throws Exception {
        assertThat(done(mesh.prolong(guard))).isTrue();
        assertThat(done(mesh.prolong(guard))).isTrue();
        try (IstioFaultInjector other = Account.connect(bed)) {
            assertThat(done(other.prolong(guard))).isTrue();
        }
        assertThat(Mesh.guards(bed).get(0).getSpec().getTtlSecondsAfterFinished())
                .isBetween(3601, 3700);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The numbers that an administrator may lower are those that count. */
    @Test
    void aGuardIsRefusedPastAnAdministratorsOwnLimits(FullBed bed) throws Exception {
        String file = Files.readString(Path.of("docs/rbac/guard-policies.yaml"));
        assertThat(file).contains("name: longestLease, expression: '3600'", "'4 * 24 * 3600 + variables.longestLease'");
        // Its own names, so that the published ones stay beside it.
        limited(bed, file.replace("expression: '3600'", "expression: '60'"), "the longest lease from now, 60 s");
        limited(bed, file.replace("'4 * 24 * 3600 + variables.longestLease'", "'600'"), "may live for at most 600 s");
    }

    private static void limited(FullBed bed, String policies, String words) throws Exception {
        List<HasMetadata> lowered = bed.client()
                .load(new ByteArrayInputStream(
                        policies.replaceAll("chaos-gate-(jobs|faults|leases|deletes|no|guards)-", "lowered-$1-")
                                .getBytes(StandardCharsets.UTF_8)))
                .items();
        lowered.forEach(object -> bed.client().resource(object).create());
        try {
            Mesh.await("the refusal '" + words + "'", () -> StolenToken.refusalOf(bed, Written.GUARD)
                    .contains(words));
        } finally {
            lowered.forEach(object -> bed.client().resource(object).delete());
        }
    }
}
