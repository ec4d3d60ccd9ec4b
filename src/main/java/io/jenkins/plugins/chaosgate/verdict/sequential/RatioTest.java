package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.Arrays;

/**
 * Whether the canary's rate of bad requests is more than {@code maxRatio} times the stable version's, over the same time;
 * or surely less: an e-process, fed poll by poll. Immutable.
 *
 * <p>For a poll with n requests in each arm let s = m·n_c/(m·n_c + n_b), the share of the bad requests that falls to the
 * canary when its rate is m = maxRatio times the stable one's. For each δ in 1.5, 2, 3, 5, 10, 30 the shares expected at δ
 * times that ratio give the likelihood ratio {@code A^x_c · D^x_b} with A = δ/(1 + (δ−1)s) and D = 1/(1 + (δ−1)s). The
 * evidence of "above" is the mean over δ of their products over the polls.
 *
 * <p>Why it is valid: if requests fail independently with p_c ≤ m·p_b, the poll's factor is on average {@code (1 + p_c(A−1))^n_c
 * (1 + p_b(D−1))^n_b ≤ exp(p_b (m·n_c(A−1) + n_b(D−1)))}, since A &gt; 1, and s(A−1) + (1−s)(D−1) = 0 makes that 1. So each
 * product is a non-negative supermartingale, whatever p_b is and however it drifts from poll to poll, and so is their
 * mean: the chance that it ever reaches 1/α is at most α (Ville). For "below" the δ are 1/1.5 … 1/30; then A &lt; 1, and p_c
 * ≥ m·p_b gives the same bound.
 */
final class RatioTest {

    /** By how much a canary is worse that is looked for. */
    static final double[] ABOVE = {1.5, 2, 3, 5, 10, 30};

    private static final double[] BELOW =
            Arrays.stream(ABOVE).map(delta -> 1 / delta).toArray();

    private final double maxRatio;
    private final double[] above;
    private final double[] below;

    private RatioTest(double maxRatio, double[] above, double[] below) {
        this.maxRatio = maxRatio;
        this.above = above;
        this.below = below;
    }

    /**
     * @param maxRatio the largest ratio of the rates that is fine, above 0 and finite
     * @throws IllegalArgumentException for any other ratio
     */
    static RatioTest fresh(double maxRatio) {
        if (!(maxRatio > 0 && maxRatio <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("expected a maxRatio above 0, but found " + maxRatio);
        }
        return new RatioTest(maxRatio, new double[ABOVE.length], new double[BELOW.length]);
    }

    double maxRatio() {
        return maxRatio;
    }

    /**
     * After one more poll. One in which an arm had no requests compares nothing and changes nothing.
     *
     * @param phi the overdispersion by which bad requests are divided, 1 or more
     */
    RatioTest plus(Count canary, Count stable, double phi) {
        if (canary.total() == 0 || stable.total() == 0) {
            return this;
        }
        double share = maxRatio * canary.total() / (maxRatio * canary.total() + stable.total());
        return new RatioTest(
                maxRatio,
                next(above, ABOVE, share, canary.surelyBad() / phi, stable.possiblyBad() / phi),
                next(below, BELOW, share, canary.possiblyBad() / phi, stable.surelyBad() / phi));
    }

    /** The evidence for each δ after one more poll. */
    static double[] next(double[] logs, double[] deltas, double share, double canaryBad, double stableBad) {
        double[] next = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            next[i] = logs[i] + canaryBad * Math.log(deltas[i]) - (canaryBad + stableBad) * logSpread(deltas[i], share);
        }
        return next;
    }

    private static double logSpread(double delta, double share) {
        return Math.log1p((delta - 1) * share);
    }

    /** The natural logarithm of the evidence that the ratio is above the largest that is fine; 0 at the start. */
    double logEvidenceAbove() {
        return logMean(above);
    }

    /** The natural logarithm of the evidence that the ratio is below it; 0 at the start. */
    double logEvidenceBelow() {
        return logMean(below);
    }

    private static double logMean(double[] logs) {
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum();
        return largest + Math.log(sum / logs.length);
    }
}
