package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.stream.DoubleStream;

/**
 * Whether more requests are bad than a limit allows although they may come in bursts. Immutable; fed poll by poll.
 *
 * <p>Bursts are told from a canary that fails by when requests fail: a burst fills one poll and leaves the others empty. So what
 * speaks for the canary is the best explanation there is at the limit: each request on its own, or negative binomial numbers with
 * any φ up to the largest that is allowed for. Against it speaks the average over canaries that fail: at some multiples of the
 * limit, half of the way to all requests, all but all. Were there only the true φ, the ratio of the two would be a non-negative
 * martingale that starts at 1, and it is smaller than that one (universal inference: Wasserman, Ramdas, Balakrishnan 2020, arXiv
 * 1912.11436): the chance that it ever reaches k is at most 1/k.
 *
 * <p>Beside the canary that failed from the first poll on there is one that began to fail later: the average over all times at
 * which it may have begun, weighted by {@link StartTimes}. Before that time it was at its limit, with any φ. Sums over the times
 * need no list of them: {@code Rₜ = (Rₜ₋₁ + wₜ Nₜ₋₁) Lₜ}, where N is the chance of all polls at the limit, averaged over φ, and L
 * that of the newest poll of a canary that fails (the recursion of Shiryaev and Roberts; with weights, as the e-detectors of Shin,
 * Ramdas and Rinaldo, arXiv 2203.03532).
 */
final class BurstTest {

    /** The one φ that explains the polls best is far more than any true one deserves: the bound is never reached. */
    private static final double SLACK = 2;

    private final double limit;
    private final FailingCanaries failing;
    private final double[] phis;
    private final double expected;
    private final double[] within;
    private final double[] above;
    private final double[] since;

    private BurstTest(
            double limit,
            FailingCanaries failing,
            double[] phis,
            double expected,
            double[] within,
            double[] above,
            double[] since) {
        this.limit = limit;
        this.failing = failing;
        this.phis = phis;
        this.expected = expected;
        this.within = within;
        this.above = above;
        this.since = since;
    }

    /**
     * Nothing was counted yet.
     *
     * @param limit the largest share of bad requests that is fine, above 0 and below 1
     * @param largest the burstiness that is allowed for
     */
    static BurstTest fresh(double limit, Burstiness largest) {
        double[] phis = BurstChance.upTo(largest);
        FailingCanaries failing = FailingCanaries.of(limit, largest);
        double[] never = DoubleStream.generate(() -> Double.NEGATIVE_INFINITY)
                .limit(failing.number())
                .toArray();
        return new BurstTest(limit, failing, phis, 0, new double[phis.length], new double[failing.number()], never);
    }

    /** After one more poll. */
    BurstTest plus(Count poll) {
        if (poll.total() == 0) {
            return this;
        }
        double mean = limit * poll.total();
        double falling = BurstChance.logFalling(poll.total(), poll.surelyBad());
        double begin = StartTimes.logWeight(expected, mean) + LogSum.mean(within, 0, within.length);
        double[] nextWithin = within.clone();
        nextWithin[0] += BurstChance.singly(poll, limit, falling);
        for (int i = 1; i < phis.length; i++) {
            nextWithin[i] += BurstChance.inBursts(poll.surelyBad(), mean, phis[i]);
        }
        double[] chances = failing.logChances(poll, falling);
        double[] nextAbove = new double[chances.length];
        double[] nextSince = new double[chances.length];
        for (int i = 0; i < chances.length; i++) {
            nextAbove[i] = above[i] + chances[i];
            nextSince[i] = LogSum.of(since[i], begin) + chances[i];
        }
        return new BurstTest(limit, failing, phis, expected + mean, nextWithin, nextAbove, nextSince);
    }

    /**
     * Whether the share is above the limit, over the whole time. By the bound above wrong with a chance of at most 2 {@code alpha};
     * in simulations, beside the other test, at most {@code alpha} (docs/decisions.md).
     */
    boolean isCertainlyAbove(double alpha) {
        return phis.length == 1 || logEvidence() >= -Math.log(SLACK * alpha);
    }

    /** Whether the share is above the limit since some time; wrong with a chance of at most {@code alpha}. */
    boolean isCertainlyAboveSinceSomeTime(double alpha) {
        return logEvidenceSinceSomeTime() >= -Math.log(alpha);
    }

    /** The natural logarithm of the evidence that the share is above the limit, from the first poll on; 0 at the start. */
    double logEvidence() {
        return LogSum.of(failing.weights(), above) - LogSum.largest(within);
    }

    /** The natural logarithm of the evidence that it is above since some time; −∞ at the start. */
    double logEvidenceSinceSomeTime() {
        return LogSum.of(failing.weights(), since) - LogSum.largest(within);
    }
}
