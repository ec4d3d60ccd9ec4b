package io.jenkins.plugins.chaosgate.verdict.sequential;

import org.apache.commons.math3.special.Gamma;

/**
 * Logarithms of the chance that so many requests of a poll are bad, but for the factorial of that number, which all ratios share.
 * Pure functions.
 */
final class BurstChance {

    private static final double STEP = 1.3;
    /** Below this a product of the gamma function's factors is faster than two of its logarithms. */
    private static final long FEW = 40;

    private BurstChance() {}

    /** Every φ that is looked at, from 1 to the largest. */
    static double[] upTo(Burstiness largest) {
        int steps = (int) Math.ceil(Math.log(largest.phi()) / Math.log(STEP));
        double[] phis = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            phis[i] = steps == 0 ? 1 : Math.pow(largest.phi(), (double) i / steps);
        }
        return phis;
    }

    /** In bursts: negative binomial numbers with a variance of φ times the mean; Poisson's where φ is 1. */
    static double inBursts(long bad, double mean, double phi) {
        if (phi == 1) {
            return bad * Math.log(mean) - mean;
        }
        double shape = mean / (phi - 1);
        double rising = bad == 0 ? 0 : logRising(shape, bad) + bad * Math.log1p(-1 / phi);
        return rising - shape * Math.log(phi);
    }

    /**
     * Each on its own: binomial numbers.
     *
     * @param falling {@link #logFalling} of the poll
     */
    static double singly(Count poll, double share, double falling) {
        return falling + poll.surelyBad() * Math.log(share) + (poll.total() - poll.surelyBad()) * Math.log1p(-share);
    }

    /** {@code ln n! − ln (n − x)!}. */
    static double logFalling(long from, long count) {
        return count == 0 ? 0 : logRising(from - count + 1, count);
    }

    /** {@code ln Γ(from + count) − ln Γ(from)}. */
    static double logRising(double from, long count) {
        if (count >= FEW) {
            return Gamma.logGamma(from + count) - Gamma.logGamma(from);
        }
        double product = 0;
        for (int i = 0; i < count; i++) {
            product += Math.log(from + i);
        }
        return product;
    }
}
