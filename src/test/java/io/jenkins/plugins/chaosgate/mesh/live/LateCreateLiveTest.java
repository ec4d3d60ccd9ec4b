package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fault that waits in a queue on its way to the API server, and comes in when its gate has long given it up. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class LateCreateLiveTest {

    private static final Duration LATE = Duration.ofSeconds(33);

    @Test
    void isTakenOutBeforeTheGateIsOver(FullBed bed) throws Exception {
        String name = "a late fault";
        String experiment = Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}")
                .replace("a harmless fault", name)
                .replace("faults:", "guard: none\nfaults:");
        try (Load load = Mesh.load(bed);
                Chronicle chronicle = new Chronicle(bed.client());
                TroubledApi api = TroubledApi.holding(bed, "POST .*/envoyfilters\\?timeout.*", LATE)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.runAgainst(api.kubeconfig(), bed, experiment);
            Await.until(
                    "the create to be sent",
                    Duration.ofMinutes(3),
                    () -> !api.troubles().isEmpty() || !gate.isAlive(),
                    () -> "");
            Instant sent = Instant.now();
            int status = gate.exit();
            Instant ended = Instant.now();
            String story = api.troubles() + "\n" + gate.output();
            assertThat(status).as(story).isEqualTo(3);
            assertThat(api.troubles()).as(story).hasSize(1);
            assertThat(gate.output()).contains("is not there, but", "fault is out");
            assertThat(ended).as(story).isAfter(sent.plus(LATE).minusSeconds(1));
            assertThat(gate.journal()).as(story).isEmpty();
            assertThat(chronicle.of(name).stream().filter(Chronicle.Life::isFault))
                    .as(story)
                    .singleElement()
                    .satisfies(life -> assertThat(life.beyond(ended)).isNegative());
            Mesh.assertNothingIsLeft(bed);
        }
    }
}
