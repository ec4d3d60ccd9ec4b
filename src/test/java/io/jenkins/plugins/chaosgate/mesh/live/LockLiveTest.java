package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gates of three processes on one target, before a real API server. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class LockLiveTest {

    private static String talk(String whenBusy) {
        return Experiments.talk("v3").replace("faults:", "whenBusy: " + whenBusy + "\nfaults:");
    }

    @Test
    void oneGateIsInAnotherWaitsAndTheThirdIsRefused(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            // Long enough for the others to come while it is in.
            GateProcess first = GateProcess.run(bed, talk("wait").replaceFirst("duration: \\w+", "duration: 1m"));
            Mesh.await("the fault", () -> first.output().contains("fault is in"));
            GateProcess second = GateProcess.run(bed, talk("wait"));
            // Other labels, but the same pods among others.
            GateProcess third =
                    GateProcess.run(bed, talk("fail").replace("{app: reviews, version: v3}", "{app: reviews}"));

            assertThat(third.exit()).as(third.output()).isEqualTo(5);
            assertThat(third.output()).contains("the target is held by gate ");
            assertThat(first.exit()).as(first.output()).isZero();
            assertThat(second.exit()).as(second.output()).isZero();
            assertThat(second.output()).contains("the target is held by gate ", "waiting for");
            Instant firstOut =
                    Instant.parse(first.report().at("/faults/0/removedAt").asText());
            Instant secondIn =
                    Instant.parse(second.report().at("/faults/0/injectedAt").asText());
            assertThat(secondIn).isAfter(firstOut);
            Mesh.assertNothingIsLeft(bed);
        }
    }
}
