package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What every threshold has: the limits that its values must keep, and how that is decided.
 *
 * @param bounds the absolute limits, in the threshold's own unit; none where only {@code maxRatio} is set
 * @param maxRatio how many times the stable version's value the canary's may be, above 0; empty means no comparison
 * @param allowedBreaches how many observations may break the limits before the threshold is violated; 0 or more
 * @param lasting for how long observations must break the limits without a break; empty means that one is enough
 * @param decide how it is decided; empty means as {@link Decide#of} says
 * @param burstiness how much bad requests come in bursts, if that is known: the variance of their number over its mean,
 *     1 or more; empty means that it is not
 * @param minRequests the smallest number of requests on which a threshold that is judged by samples may be decided as
 *     held, 1 or more; empty means the usual one
 */
public record Judging(
        Bounds bounds,
        OptionalDouble maxRatio,
        int allowedBreaches,
        Optional<Duration> lasting,
        Optional<Decide> decide,
        OptionalDouble burstiness,
        OptionalLong minRequests) {

    public Judging {
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(maxRatio, "maxRatio");
        Objects.requireNonNull(lasting, "lasting");
        Objects.requireNonNull(decide, "decide");
        Objects.requireNonNull(burstiness, "burstiness");
        Objects.requireNonNull(minRequests, "minRequests");
    }

    /** Limits that are decided as is usual for the threshold. */
    public Judging(Bounds bounds, OptionalDouble maxRatio, int allowedBreaches) {
        this(
                bounds,
                maxRatio,
                allowedBreaches,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    /** Absolute limits that may never be broken. */
    public static Judging by(Bounds bounds) {
        return new Judging(bounds, OptionalDouble.empty(), 0);
    }

    /** The same limits, decided in that way. */
    public Judging decided(Decide way) {
        return new Judging(bounds, maxRatio, allowedBreaches, lasting, Optional.of(way), burstiness, minRequests);
    }
}
