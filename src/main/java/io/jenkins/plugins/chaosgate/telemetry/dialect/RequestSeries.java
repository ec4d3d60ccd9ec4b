package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The counters of the requests that a service answered.
 *
 * @param selector finds them
 * @param counts which of them count at all, by their labels: not those of requests that an injected fault answered, or that
 *     their callers gave up
 * @param failed which of those that count are of failed requests
 * @param cancelled which of them are of requests that their callers gave up
 */
public record RequestSeries(
        Selector selector,
        Predicate<Map<String, String>> counts,
        Predicate<Map<String, String>> failed,
        Predicate<Map<String, String>> cancelled) {
    public RequestSeries {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(failed, "failed");
        Objects.requireNonNull(cancelled, "cancelled");
    }
}
