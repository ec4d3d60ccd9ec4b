package io.jenkins.plugins.chaosgate.verdict;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests to a service that none of its pods answered, as the proxies of the callers counted them.
 *
 * @param byFlag how many failed for which of Envoy's response flags ({@code UH}); those that may be of who is judged
 * @param surely how many of them are of who is judged for sure
 * @param cancelled how many requests of who is judged, or that may be, were given up by their callers ({@code DC}); these are
 *     not among {@code byFlag}
 */
public record Unanswered(Map<String, Long> byFlag, long surely, long cancelled) {

    /** What Envoy's flags mean for the service that was called; the others are told by their letters. */
    private static final Map<String, String> MEANINGS = Map.of(
            "UH", "no healthy endpoint: none is ready, or all are ejected by outlier detection",
            "UF", "no connection",
            "UC", "connection broken",
            "UO", "circuit breaker open",
            "UT", "timed out",
            "NR", "no route",
            "NC", "no cluster",
            "LR", "connection reset",
            "DF", "name not resolved",
            "SI", "stream idle too long");

    public Unanswered {
        byFlag = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(byFlag, "byFlag")));
        long all = byFlag.values().stream().mapToLong(Long::longValue).sum();
        if (surely < 0 || surely > all || cancelled < 0) {
            throw new IllegalArgumentException("expected 0 ≤ surely ≤ all, and cancelled of 0 or more, but found "
                    + surely + ", " + all + " and " + cancelled);
        }
    }

    /** How many failed. */
    public long all() {
        return byFlag.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every request was answered. */
    public boolean isNone() {
        return byFlag.isEmpty() && cancelled == 0;
    }

    /** {@code 867 answered by no pod (867 UH, no healthy endpoint: …)}; one line. Not to be asked where there is none. */
    public String words() {
        String failed = byFlag.isEmpty()
                ? ""
                : all() + " answered by no pod ("
                        + byFlag.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey() + meaning(entry.getKey()))
                                .collect(Collectors.joining("; "))
                        + (surely < all() ? "; " + surely + " of them surely of those that are judged" : "") + ")";
        String gaveUp =
                cancelled == 0 ? "" : cancelled + " given up by " + (cancelled == 1 ? "its caller" : "their callers");
        return failed + (failed.isEmpty() || gaveUp.isEmpty() ? "" : ", ") + gaveUp;
    }

    private static String meaning(String flag) {
        return MEANINGS.containsKey(flag) ? ", " + MEANINGS.get(flag) : "";
    }
}
