package io.jenkins.plugins.chaosgate.experiment;

import java.util.OptionalDouble;

/**
 * The range in which a value is fine, both ends included.
 *
 * @param min the smallest good value; empty means none
 * @param max the largest good value; empty means none
 */
public record Bounds(OptionalDouble min, OptionalDouble max) {

    /** No limits: for thresholds that are only compared with the stable version. */
    public static final Bounds NONE = new Bounds(OptionalDouble.empty(), OptionalDouble.empty());

    public Bounds {
        if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
            throw new IllegalArgumentException(
                    "min " + min.getAsDouble() + " is above max " + max.getAsDouble() + ": nothing could hold");
        }
    }

    public static Bounds atMost(double max) {
        return new Bounds(OptionalDouble.empty(), OptionalDouble.of(max));
    }

    public static Bounds atLeast(double min) {
        return new Bounds(OptionalDouble.of(min), OptionalDouble.empty());
    }

    /** Whether there is neither a smallest nor a largest good value. */
    public boolean isNone() {
        return min.isEmpty() && max.isEmpty();
    }

    /** Whether a value is fine; NaN never is. */
    public boolean hold(double value) {
        return !Double.isNaN(value)
                && value >= min.orElse(Double.NEGATIVE_INFINITY)
                && value <= max.orElse(Double.POSITIVE_INFINITY);
    }
}
