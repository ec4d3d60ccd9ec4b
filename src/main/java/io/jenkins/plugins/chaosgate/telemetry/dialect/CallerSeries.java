package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The counters of what the callers of a service got, as the proxies in front of them counted it.
 *
 * @param selectors find them; each series is found by one of them
 * @param fate what became of the requests of a series, by its labels
 * @param whose whose these requests were, by its labels
 * @param answeredHoldAll whether requests that no pod answered are counted once more among those that were answered
 */
public record CallerSeries(
        List<Selector> selectors,
        Function<Map<String, String>, Fate> fate,
        Function<Map<String, String>, Whose> whose,
        boolean answeredHoldAll) {

    public CallerSeries {
        selectors = List.copyOf(selectors);
        Objects.requireNonNull(fate, "fate");
        Objects.requireNonNull(whose, "whose");
    }

    /** Whose requests those of a series were. */
    public enum Whose {
        /** Of the workloads that are judged. */
        JUDGED,
        /** Of other workloads of the service. */
        OTHERS,
        /** Nobody can say: no endpoint was chosen, or these counters don't know it. */
        UNKNOWN
    }

    /**
     * What became of requests.
     *
     * @param kind in short
     * @param flag Envoy's response flag that says why; empty where a pod answered
     */
    public record Fate(Kind kind, String flag) {

        /** A pod answered, well or badly: its own proxy counted that. */
        public static final Fate ANSWERED = new Fate(Kind.ANSWERED, "");

        /** An injected fault answered. */
        public static final Fate ABORTED_BY_FAULT = new Fate(Kind.ABORTED_BY_FAULT, "FI");

        /** The caller gave up before there was an answer. */
        public static final Fate CANCELLED = new Fate(Kind.CANCELLED, "DC");

        public Fate {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(flag, "flag");
        }
    }

    /** What became of requests, in short. */
    public enum Kind {
        ANSWERED,
        /** The caller's proxy answered with an error: no pod was reached, or the connection or the time ran out. */
        UNANSWERED,
        /** The same, but by a counter of attempts: retries may have mended it, and one request may be several. */
        PERHAPS_UNANSWERED,
        CANCELLED,
        ABORTED_BY_FAULT
    }
}
