package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate that is ended from outside takes its fault out first; one that is killed leaves it to the sweep. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class AbortLiveTest {

    @ParameterizedTest
    @ValueSource(strings = {"chaos gate", "preflight", "fault is in", "fault bites", "fault is out"})
    void sigtermInAnyPhaseLeavesNothing(String afterLine, FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, Experiments.talk("v3"));
            Mesh.await(afterLine, () -> gate.output().contains(afterLine));
            gate.terminate();
            assertThat(gate.exit()).as(gate.output()).isEqualTo(130);
            assertThat(gate.report().path("verdict").asText()).isEqualTo("ABORTED");
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void whatAKilledGateLeavesTheSweepRemoves(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, Experiments.talk("v3").replace("faults:", "guard: none\nfaults:"));
            Mesh.await("the fault", () -> gate.output().contains("fault bites"));
            gate.kill();
            Mesh.await("its end", () -> !gate.isAlive());
            assertThat(Mesh.faults(bed)).hasSize(1);
            String name = Mesh.faults(bed).get(0).getMetadata().getName();

            GateProcess sweep = GateProcess.sweep(bed);
            assertThat(sweep.exit()).as(sweep.output()).isZero();
            assertThat(sweep.output()).contains(name);
            Mesh.assertNothingIsLeft(bed);
        }
    }
}
