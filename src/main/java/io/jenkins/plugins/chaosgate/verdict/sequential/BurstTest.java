package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * Whether more requests are bad than a limit allows although they may come in bursts. Immutable; fed poll by poll.
 *
 * <p>Bursts are told from a canary that fails by when requests fail: a burst fills one poll and leaves the others empty. So the
 * bad requests of the polls are compared with negative binomial numbers of the limit's mean, whose variance is φ times that
 * (Poisson's where φ is 1), for every φ up to the largest that is allowed for; the one that explains them best speaks for the
 * canary. Against it speaks the average over some multiples of the limit. Were there only that φ, the ratio of the two would be
 * a non-negative martingale that starts at 1, and it is smaller than that one: the chance that it ever reaches k is at most 1/k.
 */
final class BurstTest {

    private static final double[] MULTIPLES = {2, 5, 15, 50};
    /** How much each of them counts: most where a failing canary is to be found soon. */
    static final double[] WEIGHTS = {0.2, 0.6, 0.1, 0.1};
    /** How much of that goes to bad requests that come singly, not in bursts. */
    static final double SINGLY = 0.95;

    /** The one φ that explains the polls best is far more than any true one deserves: the bound is never reached. */
    private static final double SLACK = 3;

    private static final double STEP = 1.2;
    /** Below this a product of the gamma function's factors is faster than two of its logarithms. */
    private static final long FEW = 40;

    private final double limit;
    private final double[] phis;
    private final double[] within;
    private final double[] above;

    private BurstTest(double limit, double[] phis, double[] within, double[] above) {
        this.limit = limit;
        this.phis = phis;
        this.within = within;
        this.above = above;
    }

    /**
     * Nothing was counted yet.
     *
     * @param limit the largest share of bad requests that is fine, above 0 and below 1
     * @param largest the burstiness that is allowed for
     */
    static BurstTest fresh(double limit, Burstiness largest) {
        double[] phis = upTo(largest);
        return new BurstTest(limit, phis, new double[phis.length], new double[2 * MULTIPLES.length]);
    }

    /** Every φ that is looked at, from 1 to the largest. */
    static double[] upTo(Burstiness largest) {
        int steps = (int) Math.ceil(Math.log(largest.phi()) / Math.log(STEP));
        double[] phis = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            phis[i] = steps == 0 ? 1 : Math.pow(largest.phi(), (double) i / steps);
        }
        return phis;
    }

    /** After one more poll. */
    BurstTest plus(Count poll) {
        if (poll.total() == 0) {
            return this;
        }
        double mean = limit * poll.total();
        double[] nextWithin = within.clone();
        for (int i = 0; i < phis.length; i++) {
            nextWithin[i] += logChance(poll.surelyBad(), mean, phis[i]);
        }
        double[] nextAbove = above.clone();
        for (int i = 0; i < MULTIPLES.length; i++) {
            nextAbove[2 * i] += logChance(poll.surelyBad(), mean * MULTIPLES[i], 1);
            nextAbove[2 * i + 1] += logChance(poll.surelyBad(), mean * MULTIPLES[i], phis[phis.length - 1]);
        }
        return new BurstTest(limit, phis, nextWithin, nextAbove);
    }

    /**
     * Whether the share is above the limit. By the bound above wrong with a chance of at most 3 {@code alpha}; in simulations,
     * beside the other test, at most {@code alpha} (docs/decisions.md).
     */
    boolean isCertainlyAbove(double alpha) {
        return phis.length == 1 || logEvidence() >= -Math.log(SLACK * alpha);
    }

    /** The natural logarithm of the evidence that the share is above the limit; 0 at the start. */
    double logEvidence() {
        double largest = Arrays.stream(above).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < above.length; i++) {
            double weight = (i % 2 == 0 ? SINGLY : 1 - SINGLY) * WEIGHTS[i / 2];
            sum += weight * Math.exp(above[i] - largest);
        }
        return largest + Math.log(sum) - Arrays.stream(within).max().orElseThrow();
    }

    /** Of so many bad requests, but for the factorial, which all ratios share. */
    static double logChance(long bad, double mean, double phi) {
        if (phi == 1) {
            return bad * Math.log(mean) - mean;
        }
        double shape = mean / (phi - 1);
        return logRising(shape, bad) - shape * Math.log(phi) + bad * Math.log1p(-1 / phi);
    }

    private static double logRising(double from, long count) {
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
