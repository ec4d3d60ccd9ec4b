package io.jenkins.plugins.chaosgate.verdict.simulation;

import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;

/**
 * Requests as they come: good ones as a Poisson stream; bad ones too, or in bursts: a count the variance of which is φ times its
 * mean.
 *
 * @param perSecond requests each second on average, above 0
 * @param badShare which share of them is bad, 0 to 1
 * @param phi the overdispersion of bad requests, 1 or more; 1 means no bursts
 * @param bursts how they come
 */
public record Traffic(double perSecond, double badShare, double phi, Bursts bursts) {

    /** Ways in which bad requests come in bursts. */
    public enum Bursts {
        /** A Poisson stream whose rate is drawn anew from a gamma distribution for each poll. */
        NEGATIVE_BINOMIAL,
        /** φ at a time; the batches are a Poisson stream. */
        BATCHES
    }

    /** The library takes a time that grows with the mean; above this a normal distribution is the same to a percent. */
    private static final double EXACT_UP_TO = 1000;

    /** @throws IllegalArgumentException for anything else */
    public Traffic {
        Objects.requireNonNull(bursts, "bursts");
        if (!(perSecond > 0 && perSecond <= 1e9 && badShare >= 0 && badShare <= 1 && phi >= 1 && phi <= 1e6)) {
            throw new IllegalArgumentException(
                    "expected a rate above 0/s, a share of bad requests from 0 to 1 and an overdispersion of 1 or more,"
                            + " but found " + perSecond + "/s, " + badShare + " and " + phi);
        }
    }

    /** With negative binomial bursts. */
    public Traffic(double perSecond, double badShare, double phi) {
        this(perSecond, badShare, phi, Bursts.NEGATIVE_BINOMIAL);
    }

    /** What one poll counts; draws from {@code random}. */
    Count poll(Duration interval, RandomGenerator random) {
        double expected = perSecond * interval.toNanos() / 1e9;
        long bad = phi > 1 ? bursts(expected * badShare, random) : poisson(expected * badShare, random);
        return Count.of(bad, bad + poisson(expected * (1 - badShare), random));
    }

    private long bursts(double mean, RandomGenerator random) {
        if (mean == 0) {
            return 0;
        }
        if (bursts == Bursts.BATCHES) {
            return Math.round(phi * poisson(mean / phi, random));
        }
        double rate = new GammaDistribution(new LibraryRandom(random), mean / (phi - 1), phi - 1).sample();
        return poisson(rate, random);
    }

    private static long poisson(double mean, RandomGenerator random) {
        if (mean == 0) {
            return 0;
        }
        if (mean > EXACT_UP_TO) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        return new PoissonDistribution(
                        new LibraryRandom(random),
                        mean,
                        PoissonDistribution.DEFAULT_EPSILON,
                        PoissonDistribution.DEFAULT_MAX_ITERATIONS)
                .sample();
    }
}
