package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The histogram buckets of how long a service took to answer.
 *
 * @param selector finds the counters of the buckets, which carry their upper bound as label {@code le}
 * @param counts which of them count, by their labels: not those of requests that an injected fault touched, or that their
 *     callers gave up
 * @param cancelled which of them are of requests that their callers gave up, after so long
 * @param unitsPerSecond 1000 where bounds are in milliseconds
 */
public record DurationSeries(
        Selector selector,
        Predicate<Map<String, String>> counts,
        Predicate<Map<String, String>> cancelled,
        double unitsPerSecond) {
    public DurationSeries {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(cancelled, "cancelled");
    }
}
