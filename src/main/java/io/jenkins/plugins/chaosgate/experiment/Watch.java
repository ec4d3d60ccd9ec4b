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
 * @param minUnderFault how long it is watched under the fault at least, however clear it is that it holds
 * @param alpha the chance of ever calling a canary violated that keeps a limit; above 0 and below 1
 * @param beta the chance of ever letting one pass early that does not keep a limit; above 0 and below 1
 */
public record Watch(
        Duration warmup,
        Duration duration,
        Duration interval,
        Duration recovery,
        Duration missingData,
        Duration minUnderFault,
        double alpha,
        double beta) {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    /** What holds where an experiment says nothing. */
    public static final Watch DEFAULT = new Watch(
            Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(5), HALF_A_MINUTE, HALF_A_MINUTE);

    /** With the usual certainty, and the usual least time under the fault. */
    public Watch(Duration warmup, Duration duration, Duration interval, Duration recovery, Duration missingData) {
        this(warmup, duration, interval, recovery, missingData, HALF_A_MINUTE, 0.01, 0.05);
    }
}
