package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate whose machine tells another time than the cluster and its Prometheus: right where that is little, else no verdict. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class ClockLiveTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT5M", "PT-5M"})
    void clocksThatAreFarApartAreTheReasonForNoVerdict(Duration ahead, FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.runAhead(ahead, bed, Experiments.talk("v2"));
            assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
            assertThat(gate.report().path("reason").asText())
                    .contains("the clock of Prometheus is ", ahead.isNegative() ? " ahead of ours" : " behind ours");
            assertThat(gate.output()).doesNotContain("fault is in");
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3S", "PT-3S", "PT25S", "PT-25S"})
    @AtLength
    void clocksThatAreNotFarApartDoNoHarm(Duration ahead, FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.runAhead(ahead, bed, Experiments.talk("v2"));
            assertThat(gate.exit()).as(gate.output()).isEqualTo(1);
            Mesh.assertNothingIsLeft(bed);
        }
    }
}
