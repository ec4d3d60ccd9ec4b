package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the cluster itself does for a gate that is no longer there, and does not do for one that is. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class GuardLiveTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private static String harmless(String more) {
        return Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}")
                .replace("faults:", more + "\nfaults:");
    }

    private static String lasting(String duration) {
        return harmless("lease: 10s").replace("duration: 8s", "duration: " + duration);
    }

    @Test
    void theClusterTakesOutTheFaultOfAGateThatWasKilled(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, lasting("1m"));
            Mesh.await("the fault", () -> gate.output().contains("fault bites"));
            Instant killed = Instant.now();
            gate.kill();

            Mesh.await("the fault's end", () -> Mesh.faults(bed).isEmpty());
            assertThat(Duration.between(killed, Instant.now())).isLessThan(LEASE.plusSeconds(3));
            Mesh.await("the guard's end", () -> Mesh.guards(bed).isEmpty());
            assertThat(Duration.between(killed, Instant.now())).isLessThan(LEASE.plusSeconds(4));
        }
    }

    @Test
    void aGateThatRunsLongerThanItsLeaseKeepsItsFaultIn(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, lasting("25s"));
            assertThat(gate.exit()).as(gate.output()).isZero();
            assertThat(gate.output()).contains("guarded, lease 10 s").doesNotContain("warning");
            assertThat(gate.report().path("verdict").asText()).isEqualTo("PASSED");
            assertThat(gate.report().at("/guard/object/kind").asText()).isEqualTo("Job");
            assertThat(gate.report().at("/guard/leaseMillis").asLong()).isEqualTo(LEASE.toMillis());
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void aGuardThatSomebodyDeletesEndsTheGate(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, lasting("1m"));
            Mesh.await("the fault", () -> gate.output().contains("fault bites"));
            bed.client()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(Mesh.NAMESPACE)
                    .withName(Mesh.guards(bed).get(0).getMetadata().getName())
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
            assertThat(gate.exit()).as(gate.output()).isNotZero();
            assertThat(gate.report().path("verdict").asText()).isEqualTo("INCONCLUSIVE");
            assertThat(gate.report().path("reason").asText()).contains("the experiment was disturbed");
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void withoutAGuardAGateWorksAndWarns(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, harmless("guard: none"));
            Mesh.await("the fault", () -> gate.output().contains("fault is in"));
            assertThat(Mesh.guards(bed)).isEmpty();
            assertThat(Mesh.faults(bed)).singleElement().satisfies(fault -> assertThat(
                            fault.getMetadata().getOwnerReferences())
                    .isEmpty());
            assertThat(gate.exit()).as(gate.output()).isZero();
            assertThat(gate.output())
                    .contains("not guarded", "warning", "nothing removes the fault if this process dies");
            assertThat(gate.report().path("guard").isNull()).isTrue();
            Mesh.assertNothingIsLeft(bed);
        }
    }
}
