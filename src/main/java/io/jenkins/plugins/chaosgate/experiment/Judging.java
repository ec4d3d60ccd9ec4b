package io.jenkins.plugins.chaosgate.experiment;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What every threshold has: the limits that its values must keep.
 *
 * @param bounds the absolute limits, in the threshold's own unit; none where only {@code maxRatio} is set
 * @param maxRatio how many times the stable version's value the canary's may be, above 0; empty means no comparison
 * @param allowedBreaches how many observations may break the limits before the threshold is violated; 0 or more
 */
public record Judging(Bounds bounds, OptionalDouble maxRatio, int allowedBreaches) {

    public Judging {
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(maxRatio, "maxRatio");
    }

    /** Absolute limits that may never be broken. */
    public static Judging by(Bounds bounds) {
        return new Judging(bounds, OptionalDouble.empty(), 0);
    }
}
