package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;

/**
 * How long a gate looks, how often, and how certain it wants to be. All durations are above zero.
 *
 * @param warmup how long the steady state is watched before the fault goes in
 * @param duration how long it is watched under the fault
 * @param interval the time between two observations
 * @param recovery how long the steady state may take to come back once the fault is out
 * @param missingData how long a threshold may go without an observation
 * @param earlyPass whether the gate may pass before {@code duration} is over, once it is certain that all holds
 * @param minUnderFault how long it is watched under the fault at least, however clear it is that it holds; without an
 *     early pass this is the {@code duration}, whatever is given
 * @param alpha the chance of ever calling a canary violated that keeps a limit; above 0 and below 1
 * @param beta the chance of ever letting one pass early that does not keep a limit; above 0 and below 1
 */
public record Watch(
        Duration warmup,
        Duration duration,
        Duration interval,
        Duration recovery,
        Duration missingData,
        boolean earlyPass,
        Duration minUnderFault,
        double alpha,
        double beta) {

    /** What {@code minUnderFault} is where an early pass is asked for and nothing else is said. */
    public static final Duration LEAST_UNDER_FAULT = Duration.ofSeconds(30);

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    /** What holds where an experiment says nothing. */
    public static final Watch DEFAULT = new Watch(
            Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(5), HALF_A_MINUTE, HALF_A_MINUTE);

    public Watch {
        minUnderFault = earlyPass ? minUnderFault : duration;
    }

    /** To its end, with the usual certainty. */
    public Watch(Duration warmup, Duration duration, Duration interval, Duration recovery, Duration missingData) {
        this(warmup, duration, interval, recovery, missingData, false, duration, 0.01, 0.05);
    }
}
