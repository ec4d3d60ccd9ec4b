package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Whether the canary's rate of bad requests is more than {@code maxRatio} times the stable version's although bad requests may
 * come in bursts in either arm. Immutable; fed poll by poll.
 *
 * <p>As in {@link BurstTest} a burst fills one poll and leaves the others empty. Nobody knows the stable version's rate, so what
 * speaks for the canary is the best explanation there is: any rate of a grid, any φ up to the largest that is allowed for, the
 * canary at {@code maxRatio} times that rate. Against it speaks the average over these rates and over some multiples of
 * {@code maxRatio}. Were there only the true rate and φ, the ratio of the two would be a non-negative martingale that starts at 1,
 * and it is smaller than that one (universal inference: Wasserman, Ramdas, Balakrishnan 2020, arXiv 1912.11436). A true rate
 * between two of the grid, {@value #RATES_A_DECADE} of which make a decade, is explained almost as well by one of them.
 */
final class RatioBurstTest {

    private static final double[] MULTIPLES = {1.5, 2, 3, 5, 15};
    private static final double[] WEIGHTS = {0.1, 0.25, 0.25, 0.3, 0.1};
    /** The best explanation of all is far more than the true one deserves, as with {@link BurstTest}. */
    private static final double SLACK = 10;

    private static final double SINGLY = 0.95;
    private static final int RATES_A_DECADE = 4;
    private static final double LEAST_RATE = 3e-5;
    private static final double[] RATES = DoubleStream.iterate(
                    LEAST_RATE, rate -> rate < 1, rate -> rate * Math.pow(10, 1.0 / RATES_A_DECADE))
            .toArray();

    private final double maxRatio;
    private final double[] phis;
    private final double[] within;
    private final double[] above;

    private RatioBurstTest(double maxRatio, double[] phis, double[] within, double[] above) {
        this.maxRatio = maxRatio;
        this.phis = phis;
        this.within = within;
        this.above = above;
    }

    /**
     * Nothing was counted yet.
     *
     * @param maxRatio the largest ratio of the rates that is fine, above 0 and finite
     * @param largest the burstiness that is allowed for
     */
    static RatioBurstTest fresh(double maxRatio, Burstiness largest) {
        double[] phis = BurstChance.upTo(largest);
        return new RatioBurstTest(
                maxRatio,
                phis,
                new double[RATES.length * phis.length],
                new double[RATES.length * MULTIPLES.length * 2]);
    }

    /** After one more poll. */
    RatioBurstTest plus(Count canary, Count stable) {
        if (phis.length == 1) {
            return this;
        }
        double most = phis[phis.length - 1];
        double[] nextWithin = within.clone();
        double[] nextAbove = above.clone();
        for (int r = 0; r < RATES.length; r++) {
            double ofStable = RATES[r] * stable.total();
            double ofCanary = RATES[r] * maxRatio * canary.total();
            for (int i = 0; i < phis.length; i++) {
                nextWithin[r * phis.length + i] += logChance(canary, ofCanary, stable, ofStable, phis[i]);
            }
            for (int i = 0; i < MULTIPLES.length; i++) {
                int at = (r * MULTIPLES.length + i) * 2;
                nextAbove[at] += logChance(canary, ofCanary * MULTIPLES[i], stable, ofStable, 1);
                nextAbove[at + 1] += logChance(canary, ofCanary * MULTIPLES[i], stable, ofStable, most);
            }
        }
        return new RatioBurstTest(maxRatio, phis, nextWithin, nextAbove);
    }

    /** What is not certain counts for the canary. */
    private static double logChance(Count canary, double ofCanary, Count stable, double ofStable, double phi) {
        return BurstChance.inBursts(canary.surelyBad(), ofCanary, phi)
                + BurstChance.inBursts(stable.possiblyBad(), ofStable, phi);
    }

    /**
     * Whether the ratio is above the largest that is fine. By the bound above wrong with a chance of at most 10 {@code alpha}; in
     * simulations below {@code alpha} (docs/decisions.md).
     */
    boolean isCertainlyAbove(double alpha) {
        return phis.length == 1 || logEvidence() >= -Math.log(SLACK * alpha);
    }

    /** The natural logarithm of the evidence that the ratio is above the largest that is fine; 0 at the start. */
    double logEvidence() {
        double largest = Arrays.stream(above).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < above.length; i++) {
            double kind = i % 2 == 0 ? SINGLY : 1 - SINGLY;
            sum += kind * WEIGHTS[i / 2 % MULTIPLES.length] / RATES.length * Math.exp(above[i] - largest);
        }
        return largest + Math.log(sum) - Arrays.stream(within).max().orElseThrow();
    }
}
