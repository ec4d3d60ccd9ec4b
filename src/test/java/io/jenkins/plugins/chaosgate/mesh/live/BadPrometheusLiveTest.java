package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.mesh.live.TroubledPrometheus.Trouble;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Prometheus that does not tell, in all the ways there are, never lets a gate pass, and never keeps a fault in. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class BadPrometheusLiveTest {

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void fromTheStart(Trouble trouble, FullBed bed) throws Exception {
        try (TroubledPrometheus prometheus = new TroubledPrometheus(bed.prometheus(), trouble, () -> true)) {
            assertInconclusive(GateProcess.run(bed, prometheus.address(), Experiments.talk("v3")), bed);
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void onceTheFaultIsIn(Trouble trouble, FullBed bed) throws Exception {
        boolean[] trap = new boolean[1];
        try (Load load = Mesh.load(bed);
                TroubledPrometheus prometheus = new TroubledPrometheus(
                        bed.prometheus(),
                        trouble,
                        () -> trap[0] |= !Mesh.faults(bed).isEmpty())) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(bed, prometheus.address(), Experiments.talk("v3"));
            assertInconclusive(gate, bed);
            assertThat(gate.output()).contains("fault is in", "fault is out");
        }
    }

    private static void assertInconclusive(GateProcess gate, FullBed bed) throws Exception {
        assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
        assertThat(gate.report().path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(gate.report().path("reason").asText()).isNotBlank();
        Mesh.assertNothingIsLeft(bed);
    }
}
