package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gates whose process is killed at some instant of their life, and what the cluster then does without them. A small sample;
 * {@code -Dchaosgate.kills=200 -Dchaosgate.seed=N} is the long one. Everything is asserted from recorded times.
 */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class KillLiveTest {

    private static final int KILLS = Integer.getInteger("chaosgate.kills", 8);
    private static final long SEED = Long.getLong("chaosgate.seed", 20261123L);

    /** Each runs its gates one after another, on half of the targets. */
    private static final int LANES = 2;

    private static final int SWEEP_EVERY = 4;

    private static final Duration FAULT_LIMIT = KilledGate.LEASE.plusSeconds(3);
    private static final Duration OBJECT_LIMIT = KilledGate.LEASE.plusSeconds(60);
    /** An object's end is heard of a moment after it. */
    private static final Duration HEARSAY = Duration.ofSeconds(2);

    @Test
    void nothingOutlivesAGateThatIsKilled(FullBed bed) throws Exception {
        Map<String, String> before = Belongings.of(bed.client());
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try (Load load = Mesh.load(bed);
                Chronicle chronicle = new Chronicle(bed.client())) {
            Mesh.await("traffic", () -> load.total() > 50);
            List<Future<List<KilledGate>>> running = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int number = lane;
                running.add(lanes.submit(() -> lane(bed, chronicle, number)));
            }
            List<KilledGate> gates = new ArrayList<>();
            for (Future<List<KilledGate>> each : running) {
                gates.addAll(each.get());
            }
            awaitNothingIsLeft(chronicle);
            report(gates, chronicle);
            gates.forEach(gate -> assertInTime(gate, chronicle.of(gate.name())));
            Mesh.assertNothingIsLeft(bed);
            assertThat(Belongings.of(bed.client())).isEqualTo(before);
        } finally {
            lanes.shutdownNow();
        }
    }

    @Test
    void theLockOfAControlRunThatIsKilledGoesToo(FullBed bed) throws Exception {
        String name = "killed control run";
        try (Load load = Mesh.load(bed);
                Chronicle chronicle = new Chronicle(bed.client())) {
            Mesh.await("traffic", () -> load.total() > 50);
            String control = KilledGate.experiment(name, KilledGate.TARGETS.get(0))
                    .replaceFirst("faults:\n.*\n", "controlRun: true\n")
                    .replaceFirst("duration: \\w+", "duration: 1m");
            GateProcess gate = GateProcess.run(bed, control);
            Mesh.await("the lock", () -> chronicle.of(name).stream()
                    .anyMatch(life -> life.kind().equals("Lease")));
            Instant killed = Instant.now();
            gate.kill();

            awaitNothingIsLeft(chronicle);
            assertThat(chronicle.of(name)).hasSize(2).noneMatch(Chronicle.Life::isFault);
            chronicle.of(name).forEach(life -> assertThat(life.beyond(killed)).isLessThan(OBJECT_LIMIT));
            Mesh.assertNothingIsLeft(bed);
        }
    }

    private static List<KilledGate> lane(FullBed bed, Chronicle chronicle, int lane) throws Exception {
        Random random = new Random(SEED + lane);
        List<KilledGate> gates = new ArrayList<>();
        int targets = KilledGate.TARGETS.size();
        for (int run = 0; gates.size() < KILLS / LANES; run++) {
            String name = "killed " + lane + "-" + run;
            String[] target = KilledGate.TARGETS.get((run * LANES + lane) % targets);
            awaitFree(chronicle, run >= targets / LANES ? "killed " + lane + "-" + (run - targets / LANES) : "");
            KilledGate gate = KilledGate.next(bed, chronicle, random, name, target);
            if (!gate.lived()) {
                assertThat(run)
                        .as("gates that were started for " + gates.size() + " kills")
                        .isLessThan(3 * KILLS);
                continue;
            }
            gates.add(gate);
            assertWrittenDown(gate, chronicle);
            if (gates.size() % SWEEP_EVERY == 0) {
                sweep(bed, gate, chronicle);
            }
        }
        return gates;
    }

    /** Where the one before is still in, the next gate on that target would refuse to begin. */
    private static void awaitFree(Chronicle chronicle, String last) throws Exception {
        Mesh.await("the end of " + last, () -> chronicle.of(last).stream()
                .allMatch(life -> life.went().isPresent()));
    }

    /** Whatever still stands, a sweep by the journal would find. */
    private static void assertWrittenDown(KilledGate gate, Chronicle chronicle) throws Exception {
        List<String> written = gate.process().journal().stream()
                .map(entry -> entry.at("/change/object/name").asText())
                .toList();
        awaitGone(
                "what is not in the journal of " + gate,
                chronicle.of(gate.name()).stream()
                        .filter(life -> !written.contains(life.name()))
                        .toList(),
                chronicle);
    }

    /** All of the gate that was not rolled back goes, by what it wrote down. */
    private static void sweep(FullBed bed, KilledGate gate, Chronicle chronicle) throws Exception {
        Optional<String> id = gate.id();
        if (id.isPresent()) {
            GateProcess sweep = gate.process().sweepAfter(bed, "--gate", id.get());
            assertThat(sweep.exit()).as(sweep.output()).isZero();
            assertThat(gate.process().journal())
                    .as("the journal after the sweep")
                    .isEmpty();
        }
        awaitGone("what was swept after " + gate, chronicle.of(gate.name()), chronicle);
    }

    private static void awaitGone(String what, List<Chronicle.Life> lives, Chronicle chronicle) {
        Await.until(
                what + " to be gone",
                HEARSAY,
                () -> lives.stream().noneMatch(chronicle::isThere),
                () -> ", of " + lives);
    }

    private static void awaitNothingIsLeft(Chronicle chronicle) {
        Await.until(
                "nothing to be left",
                OBJECT_LIMIT,
                () -> chronicle.all().stream().allMatch(life -> life.went().isPresent()),
                () -> ", of " + chronicle.all());
    }

    private static void assertInTime(KilledGate gate, List<Chronicle.Life> lives) {
        for (Chronicle.Life life : lives) {
            Duration limit = life.isFault() ? FAULT_LIMIT : OBJECT_LIMIT;
            assertThat(life.beyond(gate.killed())).as(life + " after " + gate).isLessThan(limit);
        }
    }

    /** The figures, for whoever runs this at length. */
    private static void report(List<KilledGate> gates, Chronicle chronicle) {
        Map<String, Integer> reached = new TreeMap<>();
        gates.forEach(gate -> reached.merge(gate.reached(), 1, Integer::sum));
        System.out.printf(
                "%d gates killed (seed %d), by what they had said last: %s%n%d faults outlived their gate, the longest by %d ms;"
                        + " the longest of all objects by %d ms%n",
                gates.size(),
                SEED,
                reached,
                outlived(gates, chronicle, true).size(),
                outlived(gates, chronicle, true).stream().reduce(0L, Math::max),
                outlived(gates, chronicle, false).stream().reduce(0L, Math::max));
    }

    /** For how many milliseconds each did. */
    private static List<Long> outlived(List<KilledGate> gates, Chronicle chronicle, boolean faultsOnly) {
        return gates.stream()
                .flatMap(gate -> chronicle.of(gate.name()).stream()
                        .filter(life -> life.isFault() || !faultsOnly)
                        .map(life -> life.beyond(gate.killed()).toMillis()))
                .filter(millis -> millis > 0)
                .toList();
    }
}
