package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;

/**
 * How long a gate looks, and how often. All durations are above zero.
 *
 * @param warmup how long the steady state is watched before the fault goes in
 * @param duration how long it is watched under the fault
 * @param interval the time between two observations
 * @param recovery how long the steady state may take to come back once the fault is out
 * @param missingData how long a threshold may go without an observation
 */
public record Watch(Duration warmup, Duration duration, Duration interval, Duration recovery, Duration missingData) {

    /** What holds where an experiment says nothing. */
    public static final Watch DEFAULT = new Watch(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
}
