package io.jenkins.plugins.chaosgate.verdict.simulation;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The gate that is simulated again and again.
 *
 * @param before the traffic during warm-up
 * @param under the traffic under the fault
 * @param stable the stable version's traffic, before and under the fault; empty where nothing is compared
 * @param interval between polls, above 0
 * @param warmup how long is polled before the fault; 0 or more
 * @param window how long is polled under the fault, at least one interval
 * @param minUnderFault no early pass before this; 0 or more
 */
public record Scenario(
        Traffic before,
        Traffic under,
        Optional<Traffic> stable,
        Duration interval,
        Duration warmup,
        Duration window,
        Duration minUnderFault) {

    /** @throws IllegalArgumentException for lengths that leave nothing to poll */
    public Scenario {
        Objects.requireNonNull(stable, "stable");
        if (interval.isNegative() || interval.isZero() || window.compareTo(interval) < 0) {
            throw new IllegalArgumentException("expected an interval above 0 and a window of at least one, but found "
                    + interval + " and " + window);
        }
        if (warmup.isNegative() || minUnderFault.isNegative()) {
            throw new IllegalArgumentException(
                    "expected no negative lengths, but found " + warmup + " and " + minUnderFault);
        }
    }

    /** Nothing is compared. */
    public Scenario(
            Traffic before,
            Traffic under,
            Duration interval,
            Duration warmup,
            Duration window,
            Duration minUnderFault) {
        this(before, under, Optional.empty(), interval, warmup, window, minUnderFault);
    }

    /** Without a warm-up and without early passes: what is left is how often, and when, a gate is stopped. */
    public static Scenario untilStopped(Traffic traffic, Duration interval, Duration window) {
        return new Scenario(traffic, traffic, interval, Duration.ZERO, window, window.plus(interval));
    }

    int polls() {
        return Math.toIntExact(window.dividedBy(interval));
    }

    int warmupPolls() {
        return Math.toIntExact(warmup.dividedBy(interval));
    }
}
