package io.jenkins.plugins.chaosgate.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that goes wrong in one run, all of it out of a seed.
 *
 * @param outages requests that go wrong one after another
 * @param quiet before that request all goes well, but for an outage
 * @param noise the chance of any other request to go wrong
 * @param crashes when the controller dies, and what comes then; one after another
 * @param edits what other people do meanwhile
 * @param abortAt when somebody asks the gate to end
 */
record Schedule(
        long seed,
        Kind kind,
        SimulatedMetrics.Canary canary,
        List<Outage> outages,
        int quiet,
        double noise,
        List<Crash> crashes,
        List<ForeignEdit> edits,
        Optional<Duration> abortAt) {

    /** How the fault is put in. */
    enum Kind {
        GUARDED,
        TWO_FAULTS,
        UNGUARDED,
        VIRTUAL_SERVICE;

        boolean isGuarded() {
            return this == GUARDED || this == TWO_FAULTS;
        }
    }

    /**
     * From that request on, for so many requests.
     *
     * @param only what the method and path of a request have to contain to be troubled; empty: anything
     */
    record Outage(int first, int requests, String only, Trouble trouble) {

        boolean concerns(int request, String words) {
            return request >= first && request < first + requests && words.contains(only);
        }
    }

    /** What happens after a controller died. */
    enum Then {
        NOTHING,
        RESUME,
        UNDO
    }

    /**
     * The end of a controller.
     *
     * @param moment which of its moments is the last
     * @param away until something comes after it
     * @param lostEvents how many of its last events were not yet on the disk
     */
    record Crash(int moment, Duration away, int lostEvents, Then then) {}

    /** Somebody else's work, that long after the beginning. */
    record ForeignEdit(Duration at, What what) {
        enum What {
            ROUTE_IN_FRONT,
            ROUTE_BEHIND,
            CHANGED_TIMEOUT,
            CHANGED_LABEL,
            FAULT_TAKEN_OUT,
            GUARD_TAKEN_OUT
        }
    }

    /** About so many requests does a gate send, and so many of them before it changes anything. */
    private static final int REQUESTS = 50;

    private static final int PREFLIGHT = 24;
    /** So many moments does it have, and so many of them before it changes anything. */
    private static final int MOMENTS = 155;

    private static final int CAREFUL_MOMENTS = 55;
    private static final int SECONDS = 60;
    private static final List<String> ONLY =
            List.of("", "", "", "DELETE", "DELETE", "PATCH", "POST", "GET", "/envoyfilters", "/jobs");

    static Schedule of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Kind kind = one(random, Kind.GUARDED, Kind.GUARDED, Kind.TWO_FAULTS, Kind.UNGUARDED, Kind.VIRTUAL_SERVICE);
        SimulatedMetrics.Canary canary = one(
                random,
                SimulatedMetrics.Canary.HEALTHY,
                SimulatedMetrics.Canary.HEALTHY,
                SimulatedMetrics.Canary.HEALTHY,
                SimulatedMetrics.Canary.BROKEN,
                SimulatedMetrics.Canary.BROKEN,
                SimulatedMetrics.Canary.IDLE,
                SimulatedMetrics.Canary.SILENT);
        List<Outage> outages = IntStream.range(0, one(random, 0, 1, 1, 1, 2, 4))
                .mapToObj(i -> new Outage(
                        random.nextInt(one(random, 1, PREFLIGHT, PREFLIGHT, PREFLIGHT, PREFLIGHT), REQUESTS),
                        one(random, 1, 1, 2, 2, 4, 30, 200),
                        one(random, ONLY),
                        one(random, Trouble.ALL)))
                .toList();
        int quiet = one(random, 0, PREFLIGHT, PREFLIGHT);
        double noise = one(random, 0.0, 0.0, 0.0, 0.02, 0.1, 0.4);
        List<Crash> crashes = new ArrayList<>();
        for (int i = one(random, 0, 0, 1, 1, 2); i > 0; i--) {
            crashes.add(new Crash(
                    crashes.isEmpty()
                            ? random.nextInt(one(random, 1, CAREFUL_MOMENTS, CAREFUL_MOMENTS), MOMENTS)
                            : random.nextInt(1, CAREFUL_MOMENTS),
                    Duration.ofMillis(one(random, 500, 5_000, 12_000, 31_000, 100_000)),
                    one(random, 0, 0, 0, 1, 3),
                    one(random, Then.RESUME, Then.RESUME, Then.RESUME, Then.UNDO, Then.NOTHING)));
        }
        List<ForeignEdit> edits = IntStream.range(0, one(random, 0, 0, 0, 1, 2))
                .mapToObj(i -> new ForeignEdit(
                        Duration.ofMillis(random.nextInt(SECONDS * 1000)), one(random, ForeignEdit.What.values())))
                .toList();
        Optional<Duration> abortAt = random.nextInt(8) == 0
                ? Optional.of(Duration.ofMillis(random.nextInt(SECONDS * 1000)))
                : Optional.empty();
        if (random.nextInt(4) == 0) {
            outages = Stream.concat(outages.stream(), Stream.of(queue(random))).toList();
        }
        return new Schedule(seed, kind, canary, outages, quiet, noise, crashes, edits, abortAt);
    }

    /** An API that is too busy to change anything just when the gate does. */
    private static Outage queue(SplittableRandom random) {
        return new Outage(
                random.nextInt(PREFLIGHT, REQUESTS),
                one(random, 1, 2, 30),
                one(random, "", "POST", "POST", "PATCH", "POST /apis/networking", "PATCH /apis/networking"),
                new Trouble(Trouble.Kind.QUEUED, 0));
    }

    /** What happens to a request, the first being 1, of that method and path. */
    Optional<Trouble> trouble(int request, String words) {
        Optional<Trouble> planned = outages.stream()
                .filter(outage -> outage.concerns(request, words))
                .map(Outage::trouble)
                .findFirst();
        SplittableRandom random = random(request);
        return planned.isEmpty() && request >= quiet && random.nextDouble() < noise
                ? Optional.of(one(random, Trouble.ALL))
                : planned;
    }

    /** How long a request takes that is slow. */
    Duration slowness(int request) {
        return Duration.ofMillis(random(request).nextInt(500, 8_000));
    }

    /**
     * How long a request waits behind the API after the client gave it up: as long as an API server serves a request by
     * default, a minute, and what the client waited for is part of that.
     */
    Duration queueing(int request) {
        return Duration.ofMillis(random(request).nextInt(500, 51_000));
    }

    private SplittableRandom random(int request) {
        return new SplittableRandom(seed * 1_000_003 + request);
    }

    /** Whether nothing goes wrong at all, but with the canary. */
    boolean isUndisturbed() {
        return outages.isEmpty() && noise == 0 && crashes.isEmpty() && edits.isEmpty() && abortAt.isEmpty();
    }

    @SafeVarargs
    private static <T> T one(SplittableRandom random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static <T> T one(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
