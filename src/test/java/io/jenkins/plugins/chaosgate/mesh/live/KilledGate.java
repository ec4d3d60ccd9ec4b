package io.jenkins.plugins.chaosgate.mesh.live;

import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A gate of its own name that is killed at some instant of its life.
 *
 * @param name the name of its experiment
 * @param killed when it was, before that was carried out
 * @param lived whether it still ran then: one that had ended by itself says nothing
 * @param reached the last thing that it had said
 */
record KilledGate(String name, GateProcess process, Instant killed, boolean lived, String reached) {

    /** How long the cluster may let a fault stand after its gate. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** A bit longer than a gate of {@link #experiment} lives, start of its Java included. */
    private static final int LIFE_MILLIS = 11_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final List<String> SAID = List.of(
            "recovered", "fault is out", "watching", "fault bites", "fault is in", "steady", "preflight", "chaos gate");

    /** Gates that don't get into each other's way, by the canary and the service that it loses. */
    static final List<String[]> TARGETS = List.of(
            new String[] {"reviews", "v1", "ratings"},
            new String[] {"reviews", "v2", "ratings"},
            new String[] {"reviews", "v3", "ratings"},
            new String[] {"productpage", "v1", "details"});

    /** When it is killed: most of a gate's life is waiting, so an instant by the clock would seldom hit what matters. */
    private enum Moment {
        BY_THE_CLOCK,
        BETWEEN_GUARD_AND_FAULT,
        FAULT_GOES_IN,
        ROLLBACK
    }

    /** A harmless one, short and with a short lease, of a name of its own. */
    static String experiment(String name, String[] target) {
        return """
                name: %s
                target: {namespace: bookinfo, canary: {app: %s, version: %s}}
                lease: %ds
                faults:
                  - httpAbort: {to: %s, status: 500, percentage: 10}
                steadyState:
                  - failedRequests: {of: %s, max: 30}
                watch: {warmup: 1s, duration: 3s, interval: 500ms, recovery: 3s, missingData: 5s}
                """
                .formatted(name, target[0], target[1], LEASE.toSeconds(), target[2], target[0]);
    }

    /** Runs one and kills it; the instant is the random's. */
    static KilledGate next(FullBed bed, Chronicle chronicle, Random random, String name, String[] target)
            throws Exception {
        Moment moment = random.nextInt(5) < 2 ? Moment.BY_THE_CLOCK : Moment.values()[1 + random.nextInt(3)];
        int byTheClock = random.nextInt(LIFE_MILLIS);
        int after = random.nextInt(moment == Moment.ROLLBACK ? 250 : 60);
        GateProcess gate = GateProcess.run(bed, experiment(name, target));
        switch (moment) {
            case BY_THE_CLOCK -> Thread.sleep(byTheClock);
            case BETWEEN_GUARD_AND_FAULT -> await(gate, chronicle, name, life -> !life.isFault(), after);
            case FAULT_GOES_IN -> await(gate, chronicle, name, Chronicle.Life::isFault, after);
            case ROLLBACK ->
                await(
                        gate,
                        chronicle,
                        name,
                        life -> life.isFault() && life.went().isPresent(),
                        after);
        }
        Instant killed = Instant.now();
        boolean lived = gate.isAlive();
        gate.kill();
        while (gate.isAlive()) {
            Thread.sleep(5);
        }
        return new KilledGate(name, gate, killed, lived, reached(gate));
    }

    private static void await(
            GateProcess gate, Chronicle chronicle, String name, Predicate<Chronicle.Life> sight, int after)
            throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (chronicle.of(name).stream().noneMatch(sight)
                && gate.isAlive()
                && Instant.now().isBefore(limit)) {
            Thread.sleep(2);
        }
        Thread.sleep(after);
    }

    private static String reached(GateProcess gate) throws IOException {
        String output = gate.output();
        return SAID.stream().filter(output::contains).findFirst().orElse("nothing yet");
    }

    /** The gate's id, as far as it wrote anything down. */
    Optional<String> id() throws IOException {
        return process.journal().stream()
                .map(entry -> entry.at("/change/gate").asText())
                .findFirst();
    }
}
