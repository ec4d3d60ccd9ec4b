package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPlan;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding.State;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A canary that breaks is rolled back in each way, on a real API server, with no other rights than the published roles and policies give. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class CanaryRollbackLiveTest {

    private static final String SHARED =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: bookinfo}
            spec:
              hosts: [reviews]
              http:
              - route:
                - {destination: {host: reviews, subset: v1}, weight: 40}
                - {destination: {host: reviews, subset: v2}, weight: 60}
            """;

    private final List<HasMetadata> made = new ArrayList<>();

    @AfterEach
    void withdraw(FullBed bed) {
        made.forEach(object -> bed.client().resource(object).delete());
    }

    /** With them the account may do less than its roles say. */
    @BeforeEach
    void policies(FullBed bed) throws Exception {
        for (String file : List.of("guard-policies.yaml", "edit-policies.yaml")) {
            for (HasMetadata object : Account.manifest(bed, file)) {
                made.add(bed.client().resource(object).create());
            }
        }
    }

    private void grant(FullBed bed, List<HasMetadata> manifest) throws Exception {
        for (HasMetadata object : manifest) {
            made.add(bed.client().resource(object).create());
        }
        for (HasMetadata object : manifest) {
            if (object instanceof Role role && role.getMetadata().getNamespace().equals(Mesh.NAMESPACE)) {
                Account.grantAll(bed, role);
            }
        }
    }

    /** The talk's gate, by an account that may do what it needs. */
    private GateProcess gate(FullBed bed, String kind, String role) throws Exception {
        grant(bed, Account.manifest(bed, "envoy-filter.yaml"));
        grant(bed, Account.rollback(bed, role));
        String experiment =
                Experiments.talk("v2").replace("version: v2}}", "version: v2}, stable: {app: reviews, version: v1}}")
                        + "canaryRollback: " + kind + "\n";
        return GateProcess.runAsAccount(bed, experiment);
    }

    private static void assertRolledBack(GateProcess gate, String words, String undo) throws Exception {
        assertThat(gate.exit()).as(gate.output()).isEqualTo(1);
        assertThat(gate.output()).contains("rolled back: " + words).contains(undo);
        JsonNode step = gate.report().at("/canaryRollback/steps/0");
        assertThat(step.path("done").asBoolean()).as(gate.output()).isTrue();
    }

    @Test
    void aDeploymentGoesBackToTheRevisionBefore(FullBed bed) throws Exception {
        try (Revisions revisions = Revisions.give(bed, "reviews-v2");
                Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            Deployment was = revisions.deployment();
            GateProcess gate = gate(bed, "undoDeployment", "chaos-gate-undo-deployment");
            Mesh.await(
                    "the rollback", () -> !gate.isAlive() || revisions.image().equals(Revisions.BEFORE));
            revisions.follow();

            assertRolledBack(
                    gate,
                    "Deployment bookinfo/reviews-v2 to revision 1; 1 of 1 pods replaced",
                    "kubectl rollout undo deployment/reviews-v2 --namespace bookinfo --to-revision=2");
            assertThat(revisions.image()).isEqualTo(Revisions.BEFORE);
            Deployment is = revisions.deployment();
            assertThat(is.getSpec().getTemplate().getMetadata().getLabels())
                    .isEqualTo(was.getSpec().getTemplate().getMetadata().getLabels());
            assertThat(is.getSpec().getReplicas()).isEqualTo(was.getSpec().getReplicas());
        }
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void theStableVersionTakesTheCanarysWeight(FullBed bed) throws Exception {
        made.add(bed.client().resource(SHARED).create());
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = gate(bed, "routeToStable", "chaos-gate-route-to-stable");
            assertRolledBack(
                    gate,
                    "VirtualService bookinfo/reviews to the stable version alone; the canary's weight is 0",
                    "kubectl patch virtualservice.networking.istio.io reviews --namespace bookinfo --type=json");
        }
        JsonNode route = new ObjectMapper()
                .valueToTree(bed.client()
                        .genericKubernetesResources(Mesh.VIRTUAL_SERVICE)
                        .inNamespace(Mesh.NAMESPACE)
                        .withName("reviews")
                        .get())
                .at("/spec/http/0/route");
        assertThat(route.at("/0/weight").asInt()).isEqualTo(100);
        assertThat(route.at("/1/weight").asInt()).isZero();
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void aDeploymentLosesItsPods(FullBed bed) throws Exception {
        grant(bed, Account.rollback(bed, "chaos-gate-scale-to-zero"));
        try (Revisions revisions = Revisions.give(bed, "reviews-v2");
                IstioFaultInjector mesh = Account.connect(bed)) {
            Deployment was = revisions.deployment();
            Change step = step(mesh, "scaleToZero", "reviews");
            mesh.canaryKeeper().dryRun(step).toCompletableFuture().join();
            assertThat(revisions.deployment().getSpec().getReplicas()).isEqualTo(1);

            assertThat(carryOut(mesh, step)).isEqualTo(State.ASKED);

            Deployment is = revisions.deployment();
            assertThat(is.getSpec().getReplicas()).isZero();
            assertThat(is.getSpec().getTemplate()).isEqualTo(was.getSpec().getTemplate());
            revisions.follow();
            assertThat(look(mesh, step)).isEqualTo(new CanaryStanding(State.DONE, "no pod is left"));
        }
    }

    @Test
    void anUpdateOfARolloutIsAborted(FullBed bed) throws Exception {
        try (Rollouts rollouts = Rollouts.define(bed);
                IstioFaultInjector mesh = Account.connect(bed)) {
            rollouts.withUpdate();
            grant(bed, Account.rollback(bed, "chaos-gate-abort-rollout"));
            Change step = step(mesh, "abortRollout", "shop");
            mesh.canaryKeeper().dryRun(step).toCompletableFuture().join();
            assertThat(rollouts.get().<Object>get("status", "abort")).isNull();

            assertThat(carryOut(mesh, step)).isEqualTo(State.ASKED);

            assertThat(rollouts.get().<Boolean>get("status", "abort")).isTrue();
            rollouts.setStatus("abortedAt", "2026-01-01T00:00:00Z");
            assertThat(look(mesh, step).state()).isEqualTo(State.DONE);
        }
    }

    /** The only step of the rollback, where nothing speaks against it. */
    private static Change step(IstioFaultInjector mesh, String kind, String app) {
        Experiment experiment = ExperimentReader.read(
                "live.yaml",
                """
                name: live
                target: {namespace: bookinfo, canary: {app: APP, version: v2}}
                controlRun: true
                steadyState: [failedRequests: {of: reviews, max: 10, per: 1m}]
                canaryRollback: KIND
                """
                        .replace("APP", app)
                        .replace("KIND", kind),
                Map.of());
        GateTicket ticket = GateTicket.beginning(Instant.now(), "live", "a test", experiment.watch());
        CanaryPlan plan = mesh.canaryKeeper()
                .plan(experiment, ticket)
                .toCompletableFuture()
                .join();
        assertThat(plan.steps()).as(plan.findings().toString()).hasSize(1);
        return plan.steps().get(0).change();
    }

    private static State carryOut(IstioFaultInjector mesh, Change step) {
        return mesh.canaryKeeper().carryOut(step).toCompletableFuture().join().state();
    }

    private static CanaryStanding look(IstioFaultInjector mesh, Change step) {
        return mesh.canaryKeeper().look(step).toCompletableFuture().join();
    }
}
