package io.jenkins.plugins.chaosgate.verdict;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many requests came since the moment from which a phase counts, whatever became of them.
 *
 * @param judged requests of those that are judged, 0 or more
 * @param others requests to the same service that were not theirs; empty where nobody counts them
 * @param until up to when those that are judged are counted
 * @param newest when the scrape was made that showed the newest request of those that are judged; empty while there was none
 */
public record Traffic(long judged, OptionalLong others, Instant until, Optional<Instant> newest) {

    public Traffic {
        Objects.requireNonNull(others, "others");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(newest, "newest");
        if (judged < 0 || others.isPresent() && others.getAsLong() < 0) {
            throw new IllegalArgumentException("expected 0 or more requests, but found " + judged + " and " + others);
        }
    }
}
