package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.List;

/**
 * How much bad requests come in bursts: their overdispersion φ, the variance of a poll's bad requests over their mean. 1
 * where each request fails on its own. A burst says no more than one failure does, so counts are divided by it.
 *
 * @param phi 1 or more, finite
 */
public record Burstiness(double phi) {

    /** Each request fails on its own. */
    public static final Burstiness NONE = new Burstiness(1);

    /** What is allowed for where nothing is known. */
    public static final Burstiness USUAL = new Burstiness(10);

    /** @throws IllegalArgumentException for anything else */
    public Burstiness {
        if (!(phi >= 1 && phi <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("expected an overdispersion of 1 or more, but found " + phi);
        }
    }

    /** What the polls of a warm-up show, oldest first; see {@link Dispersion} for how, and when it is 1. */
    public static Burstiness of(List<Count> polls) {
        return polls.stream()
                .reduce(Dispersion.NONE, Dispersion::plus, (one, other) -> other)
                .ofSteadyShare();
    }

    /** The larger one. */
    public Burstiness max(Burstiness other) {
        return phi >= other.phi ? this : other;
    }
}
