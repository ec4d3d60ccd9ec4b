package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Whether the canary's rate of bad requests is more than {@code maxRatio} times the stable version's although bad requests may
 * come in bursts in either arm. Immutable; fed poll by poll. The average of two tests, so that it is as certain as the two are:
 *
 * <p>By when they failed, as in {@link BurstTest}: a burst fills one poll of one arm. What speaks for the canary is the best of all
 * sizes of bursts at the limit, against it the average over canaries that are worse ({@link WorseCanaries}). How often requests are
 * bad at all does not matter, since each poll's bad requests are given.
 *
 * <p>By their number, divided by twice the burstiness that is allowed for: the {@link RatioTest}, which bursts of that size do not
 * deceive (twice, since some are larger). It tells a canary that fails altogether, of which the first test says no more than that
 * each poll's burst was the canary's.
 *
 * <p>Both look for a canary that was worse from the first poll on, and for one that is worse since some time, with the recursion of
 * {@link BurstTest}.
 */
final class RatioBurstTest {

    /** The best explanation of all is more than the true one deserves, as with {@link BurstTest}. */
    private static final double SLACK = 2;

    private static final double HALF = Math.log(0.5);
    private static final double TWICE = 2;

    private final double maxRatio;
    private final WorseCanaries atTheLimit;
    private final WorseCanaries worse;
    private final double divisor;
    private final double seen;
    private final double[] within;
    private final double[] above;
    private final double[] since;
    private final double[] divided;
    private final double[] dividedSince;

    private RatioBurstTest(RatioBurstTest before, double seen, double[][] logs) {
        this.maxRatio = before.maxRatio;
        this.atTheLimit = before.atTheLimit;
        this.worse = before.worse;
        this.divisor = before.divisor;
        this.seen = seen;
        this.within = logs[0];
        this.above = logs[1];
        this.since = logs[2];
        this.divided = logs[3];
        this.dividedSince = logs[4];
    }

    private RatioBurstTest(double maxRatio, Burstiness allowed) {
        this.maxRatio = maxRatio;
        this.atTheLimit = WorseCanaries.atTheLimit(allowed);
        this.worse = WorseCanaries.worse(allowed);
        this.divisor = allowed.phi() == 1 ? 1 : TWICE * allowed.phi();
        this.seen = 0;
        this.within = new double[atTheLimit.number()];
        this.above = new double[worse.number()];
        this.since = never(worse.number());
        this.divided = new double[RatioTest.ABOVE.length];
        this.dividedSince = never(RatioTest.ABOVE.length);
    }

    private static double[] never(int number) {
        return DoubleStream.generate(() -> Double.NEGATIVE_INFINITY)
                .limit(number)
                .toArray();
    }

    /**
     * Nothing was counted yet.
     *
     * @param maxRatio the largest ratio of the rates that is fine, above 0 and finite
     * @param allowed the burstiness that is allowed for
     */
    static RatioBurstTest fresh(double maxRatio, Burstiness allowed) {
        return new RatioBurstTest(maxRatio, allowed);
    }

    /** After one more poll. What is not certain counts for the canary. */
    RatioBurstTest plus(Count canary, Count stable) {
        long ofCanary = canary.surelyBad();
        long ofStable = stable.possiblyBad();
        if (canary.total() == 0 || stable.total() == 0 || ofCanary + ofStable == 0) {
            return this;
        }
        double weighted = maxRatio * canary.total();
        double share = weighted / (weighted + stable.total());
        double weight = StartTimes.logWeight(seen, 1);
        double[] nextDivided = RatioTest.next(divided, RatioTest.ABOVE, share, ofCanary / divisor, ofStable / divisor);
        double[] nextSince = begun(dividedSince, weight);
        double[] atLimit = atTheLimit.logChances(ofCanary, weighted, ofStable, stable.total());
        double[] failing = worse.logChances(ofCanary, weighted, ofStable, stable.total());
        double begin = weight + LogSum.mean(within, 0, within.length);
        return new RatioBurstTest(this, seen + 1, new double[][] {
            sum(within, atLimit),
            sum(above, failing),
            sum(begun(since, begin), failing),
            nextDivided,
            RatioTest.next(nextSince, RatioTest.ABOVE, share, ofCanary / divisor, ofStable / divisor)
        });
    }

    private static double[] begun(double[] logs, double begin) {
        return Arrays.stream(logs).map(log -> LogSum.of(log, begin)).toArray();
    }

    private static double[] sum(double[] logs, double[] more) {
        double[] sum = new double[logs.length];
        Arrays.setAll(sum, i -> logs[i] + more[i]);
        return sum;
    }

    /**
     * Whether the ratio is above the largest that is fine, over the whole time. By the bound above wrong with a chance of at most 2
     * {@code alpha}; in simulations, beside the other test, below {@code alpha} (docs/decisions.md).
     */
    boolean isCertainlyAbove(double alpha) {
        return divisor == 1 || logEvidence() >= -Math.log(SLACK * alpha);
    }

    /** Whether it is above since some time; wrong with a chance of at most {@code alpha}. */
    boolean isCertainlyAboveSinceSomeTime(double alpha) {
        return logEvidenceSinceSomeTime() >= -Math.log(alpha);
    }

    /** The natural logarithm of the evidence that the ratio is above the largest that is fine; 0 at the start. */
    double logEvidence() {
        return average(above, divided);
    }

    /** The natural logarithm of the evidence that it is above since some time; −∞ at the start. */
    double logEvidenceSinceSomeTime() {
        return average(since, dividedSince);
    }

    private double average(double[] byTime, double[] byNumber) {
        return HALF
                + LogSum.of(
                        LogSum.of(worse.weights(), byTime) - LogSum.largest(within),
                        LogSum.mean(byNumber, 0, byNumber.length));
    }
}
