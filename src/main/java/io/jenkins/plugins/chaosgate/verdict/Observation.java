package io.jenkins.plugins.chaosgate.verdict;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One reading of one threshold.
 *
 * @param time up to when it is known, when the sample behind it was taken, by Prometheus' clock
 * @param value in the threshold's unit; never NaN
 * @param requests how many requests lie behind it; empty where requests are not what is counted
 * @param stable the stable version's value over the same time; empty where nothing is compared
 * @param ok whether the threshold's limits held, as far as this value goes
 * @param counted the exact numbers behind it; empty where nothing is counted
 */
public record Observation(
        Instant time,
        double value,
        OptionalLong requests,
        OptionalDouble stable,
        boolean ok,
        Optional<Counted> counted) {

    public Observation {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(counted, "counted");
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("NaN is no observation: it is missing data");
        }
    }

    /** A value without exact numbers behind it. */
    public Observation(Instant time, double value, OptionalLong requests, OptionalDouble stable, boolean ok) {
        this(time, value, requests, stable, ok, Optional.empty());
    }

    /** The same, but with how many calls the faults met meanwhile. */
    public Observation affecting(OptionalLong calls) {
        return new Observation(time, value, requests, stable, ok, counted.map(all -> all.affecting(calls)));
    }
}
