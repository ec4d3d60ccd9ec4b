package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How many requests came since the look before.
 *
 * @param canary those of the canary; 0 or more
 * @param elapsed over what time, by the clock of the samples that were counted: above 0
 * @param others those of all others behind the same service; empty where nobody knows
 */
public record TrafficLook(long canary, Duration elapsed, OptionalLong others) {

    /** @throws IllegalArgumentException for negative numbers, or no time */
    public TrafficLook {
        Objects.requireNonNull(others, "others");
        if (canary < 0 || others.orElse(0) < 0 || elapsed.isNegative() || elapsed.isZero()) {
            throw new IllegalArgumentException("expected 0 requests or more over a time above 0, but found " + canary
                    + " and " + others + " in " + elapsed);
        }
    }

    double seconds() {
        return elapsed.toNanos() / 1e9;
    }
}
