package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The counters that tell whether faults hurt anybody out of their scope.
 *
 * @param selector finds them, and those of the requests within the scope
 * @param others which of them are of requests out of the scope, by their labels
 * @param hurt which of them are of requests that were hurt
 * @param countsAll whether the others' requests that were not hurt are among them
 */
public record BystanderSeries(
        Selector selector,
        Predicate<Map<String, String>> others,
        Predicate<Map<String, String>> hurt,
        boolean countsAll) {
    public BystanderSeries {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(others, "others");
        Objects.requireNonNull(hurt, "hurt");
    }
}
