package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells data of now from data of a while ago. */
public final class Freshness {
    private static final Duration ALWAYS_FRESH = Duration.ofSeconds(15);
    private static final int SCRAPES = 3;
    /** A scrape is overdue after so many half intervals. */
    private static final int OVERDUE = 3;

    private Freshness() {}

    /** The time of the newest sample at or before that time; empty where there is none. */
    public static Optional<Instant> newest(List<Counter> counters, Instant until) {
        OptionalLong newest = counters.stream()
                .flatMap(counter -> counter.samples().stream())
                .mapToLong(Sample::millis)
                .filter(millis -> millis <= until.toEpochMilli())
                .max();
        return newest.isPresent() ? Optional.of(Instant.ofEpochMilli(newest.getAsLong())) : Optional.empty();
    }

    /** The usual time between two scrapes, as the counter with the most samples shows it; empty with fewer than two. */
    public static Optional<Duration> interval(List<Counter> counters) {
        return counters.stream()
                .map(Counter::samples)
                .max(Comparator.comparingInt(List::size))
                .filter(samples -> samples.size() > 1)
                .map(samples -> median(samples.stream().map(Sample::millis).toList()));
    }

    /**
     * Why counters say nothing of a window: no scrape since it began, or the newest sample is older at its end than
     * 15 s and three scrape intervals. Empty where they do say something.
     *
     * @param counters at least one
     */
    public static Optional<NoData> missing(List<Counter> counters, Window window) {
        Optional<Instant> newest = newest(counters, window.to());
        if (newest.isEmpty()
                || !newest.get().isAfter(Instant.ofEpochMilli(window.from().toEpochMilli()))) {
            String last =
                    newest.map(time -> "; the newest sample is of " + time).orElse("");
            return Optional.of(new NoData(Why.STALE, "no scrape since the window began at " + window.from() + last));
        }
        return tooOld(newest.get(), window.to(), limit(interval(counters)));
    }

    /** Whether the newest of some scrapes is too old at a time; false without any. */
    static boolean isSilent(NavigableSet<Long> scrapes, Instant at) {
        Long newest = scrapes.floor(at.toEpochMilli());
        if (newest == null) {
            return false;
        }
        List<Long> times = List.copyOf(scrapes);
        Optional<Duration> interval = times.size() < 2 ? Optional.empty() : Optional.of(median(times));
        return Duration.between(Instant.ofEpochMilli(newest), at).compareTo(limit(interval)) > 0;
    }

    /** Whether another scrape than the newest should be there at a time; true where nobody knows how often there are any. */
    static boolean isOverdue(NavigableSet<Long> scrapes, Instant at) {
        NavigableSet<Long> until = scrapes.headSet(at.toEpochMilli(), true);
        return until.size() < 2
                || (at.toEpochMilli() - until.last()) * 2
                        > median(List.copyOf(until)).toMillis() * OVERDUE;
    }

    /** Why a sample says nothing of a time: it is older than the limit then. Empty where it is young enough. */
    public static Optional<NoData> tooOld(Instant sampled, Instant at, Duration limit) {
        Duration age = Duration.between(sampled, at);
        if (age.compareTo(limit) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new NoData(
                Why.STALE,
                "the newest sample is of " + sampled + ", " + age.toSeconds() + " s old; at most " + limit.toSeconds()
                        + " s are trusted"));
    }

    private static Duration limit(Optional<Duration> interval) {
        Duration scrapes = interval.orElse(Duration.ZERO).multipliedBy(SCRAPES);
        return scrapes.compareTo(ALWAYS_FRESH) > 0 ? scrapes : ALWAYS_FRESH;
    }

    /** @param times at least two, in order */
    private static Duration median(List<Long> times) {
        long[] gaps = new long[times.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times.get(i + 1) - times.get(i);
        }
        Arrays.sort(gaps);
        return Duration.ofMillis(gaps[(gaps.length - 1) / 2]);
    }
}
