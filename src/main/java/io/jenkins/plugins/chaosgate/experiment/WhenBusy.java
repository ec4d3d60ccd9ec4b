package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Objects;

/**
 * What a gate does while another one holds its target.
 *
 * @param kind waits, or refuses at once
 * @param limit for how long it waits at most before it refuses; from a second to a day; means nothing to {@link Kind#FAIL}
 */
public record WhenBusy(Kind kind, Duration limit) {

    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofDays(1);

    /** It waits for ten minutes. */
    public static final WhenBusy DEFAULT = new WhenBusy(Kind.WAIT, Duration.ofMinutes(10));

    public WhenBusy {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(limit, "limit");
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a gate waits from " + Units.duration(SHORTEST) + " to "
                    + Units.duration(LONGEST) + ", not " + limit);
        }
    }

    /** For how long it waits at most. */
    public Duration patience() {
        return kind == Kind.WAIT ? limit : Duration.ZERO;
    }

    /** Whether it waits. */
    public enum Kind {
        /** It waits until the other gate is over. */
        WAIT("wait"),
        /** It does not start. */
        FAIL("fail");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that an experiment file uses. */
        public String word() {
            return word;
        }
    }
}
