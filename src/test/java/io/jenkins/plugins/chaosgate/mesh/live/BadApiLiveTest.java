package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gates behind an API that fails for a while, at any time of their life and in every way: what they say of it is right, and
 * nothing is left. A small sample; {@code -Dchaosgate.schedules=100 -Dchaosgate.seed=N} is more.
 */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class BadApiLiveTest {

    private static final int SCHEDULES = Integer.getInteger("chaosgate.schedules", 6);
    private static final long SEED = Long.getLong("chaosgate.seed", 20261123L);
    private static final int LANES = 3;

    /** The statuses that a harmless fault may end with: no fault of the gate's own, and never a rollback that failed. */
    private static final Map<Integer, List<String>> ENDS =
            Map.of(0, List.of("PASSED"), 3, List.of("INCONCLUSIVE"), 5, List.of("INCONCLUSIVE"));

    @Test
    void nothingIsLeftAndTheStatusIsRight(FullBed bed) throws Exception {
        Map<String, String> before = Belongings.of(bed.client());
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try (Load load = Mesh.load(bed);
                Chronicle chronicle = new Chronicle(bed.client())) {
            Mesh.await("traffic", () -> load.total() > 50);
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int number = lane;
                running.add(lanes.submit(() -> {
                    for (int schedule = number; schedule < SCHEDULES; schedule += LANES) {
                        run(bed, chronicle, SEED + schedule, KilledGate.TARGETS.get(number));
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            assertThat(Belongings.of(bed.client())).isEqualTo(before);
        } finally {
            lanes.shutdownNow();
        }
    }

    private static void run(FullBed bed, Chronicle chronicle, long seed, String[] target) throws Exception {
        String name = "troubled " + seed;
        try (TroubledApi api = new TroubledApi(bed, seed)) {
            GateProcess gate = GateProcess.runAgainst(api.kubeconfig(), bed, KilledGate.experiment(name, target));
            int status = gate.exit();
            Instant ended = Instant.now();
            String story = "seed " + seed + ", status " + status + ", " + api.troubles() + "\n" + gate.output();
            assertThat(ENDS).as(story).containsKey(status);
            JsonNode report = gate.report();
            assertThat(ENDS.get(status))
                    .as(story)
                    .contains(report.path("verdict").asText());
            assertThat(report.path("reason").asText()).as(story).isNotBlank();
            // What it does not call failed is out: a fault at once, a guard at the latest when its lease is over.
            awaitGone(chronicle, name, ended.plus(KilledGate.LEASE).plusSeconds(3), story);
            chronicle.of(name).stream()
                    .filter(Chronicle.Life::isFault)
                    .forEach(life -> assertThat(life.beyond(ended)).as(story).isLessThan(Duration.ofSeconds(2)));
            System.out.println("troubled " + seed + ": status " + status + " after "
                    + api.troubles().size() + " troubles in " + api.calls() + " calls: "
                    + report.path("reason").asText());
        }
    }

    private static void awaitGone(Chronicle chronicle, String name, Instant limit, String story) {
        Await.until(
                "all of " + name + " to be gone",
                Duration.between(Instant.now(), limit),
                () -> chronicle.of(name).stream().allMatch(life -> life.went().isPresent()),
                () -> ": " + chronicle.of(name) + "; " + story);
    }
}
