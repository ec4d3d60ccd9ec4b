package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.verdict.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The answer to a question. */
public sealed interface Reading {

    /**
     * A number.
     *
     * @param sampledAt up to when it is known: the newest sample behind it, of the source that is furthest back
     * @param value in the unit of what was asked; finite
     * @param requests how many requests lie behind it; empty where requests are not what is counted
     * @param counted the exact numbers over the window that was asked about, where bad requests can be counted
     * @param proxies what each proxy counted, where the question was how many requests a fault met
     */
    record Value(
            Instant sampledAt, double value, OptionalLong requests, Optional<Counted> counted, List<ProxyCalls> proxies)
            implements Reading {
        public Value {
            Objects.requireNonNull(sampledAt, "sampledAt");
            Objects.requireNonNull(counted, "counted");
            proxies = List.copyOf(proxies);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not a finite number: " + value + "; that is no data");
            }
        }

        /** A number with the exact numbers behind it. */
        public Value(Instant sampledAt, double value, OptionalLong requests, Optional<Counted> counted) {
            this(sampledAt, value, requests, counted, List.of());
        }

        /** A number without exact numbers behind it. */
        public Value(Instant sampledAt, double value, OptionalLong requests) {
            this(sampledAt, value, requests, Optional.empty(), List.of());
        }
    }

    /**
     * No number.
     *
     * @param detail what was expected and what came instead; one line, free of secrets
     */
    record NoData(Why why, String detail) implements Reading {
        public NoData {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(detail, "detail");
        }

        /** For people: {@code stale data (the newest sample is of …)}. */
        public String words() {
            return why.words() + " (" + detail + ")";
        }
    }

    /** Why there is no number. */
    enum Why {
        /** No series matches: nothing of that name is scraped, or nothing ever called. */
        NO_SERIES("no data"),
        /** The series are there and fresh, but no request was counted in the window. */
        NO_TRAFFIC("no traffic"),
        /** The newest sample is too old. */
        STALE("stale data"),
        /** Requests were counted of which nobody knows whether they belong to the window. */
        UNCERTAIN("uncertain data"),
        /** NaN or infinite. */
        NOT_A_NUMBER("not a number"),
        /** Several series where one number was meant. */
        SEVERAL_SERIES("several series"),
        /** The source did not answer in time. */
        TIMED_OUT("no answer in time"),
        /** The source cannot be reached, or said that it cannot answer. */
        UNAVAILABLE("source unavailable"),
        /** The source refused the question as wrong: asking again would not help. */
        REFUSED("question refused"),
        /** What came is not an answer. */
        GARBAGE("answer not understood");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }
}
