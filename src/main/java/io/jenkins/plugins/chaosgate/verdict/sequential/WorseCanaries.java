package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.ArrayList;
import java.util.List;

/**
 * How a poll's bad requests may fall to the canary and to the stable version, given how many there are: a binomial number of them to
 * the canary where they come singly, a beta-binomial one where they come in bursts. (Of two negative binomial numbers with the same
 * φ, given their sum, the first is beta-binomial; how often requests are bad no longer matters.)
 *
 * @param ratios by which multiple of {@code maxRatio} the canary is worse; 1 at the limit
 * @param counts the rate of bad requests over φ − 1: few mean large bursts; infinite where they come singly
 * @param weights how much each of them counts; they sum to one
 */
record WorseCanaries(double[] ratios, double[] counts, double[] weights) {

    private static final double[][] RATIOS = {
        {1.5, 0.1}, {2, 0.15}, {3, 0.2}, {5, 0.25}, {10, 0.1}, {30, 0.1}, {1000, 0.1},
    };
    private static final double SINGLY = 0.8;
    private static final double[] BURSTS = {1e-3, 1e-2};
    private static final double LARGEST_BURSTS = 1e-5;
    private static final double STEP = Math.sqrt(10);
    private static final double SMALLEST_BURSTS = 1;

    /** The canaries at the limit, by all sizes of bursts; all weigh the same. */
    static WorseCanaries atTheLimit(Burstiness allowed) {
        List<double[]> all = new ArrayList<>();
        all.add(new double[] {1, Double.POSITIVE_INFINITY, 1});
        for (double count = LARGEST_BURSTS; allowed.phi() > 1 && count < SMALLEST_BURSTS * STEP; count *= STEP) {
            all.add(new double[] {1, count, 1});
        }
        return of(all);
    }

    /** Those that are worse. */
    static WorseCanaries worse(Burstiness allowed) {
        List<double[]> all = new ArrayList<>();
        for (double[] ratio : RATIOS) {
            all.add(new double[] {ratio[0], Double.POSITIVE_INFINITY, SINGLY * ratio[1]});
            for (double count : allowed.phi() > 1 ? BURSTS : new double[0]) {
                all.add(new double[] {ratio[0], count, (1 - SINGLY) / BURSTS.length * ratio[1]});
            }
        }
        return of(all);
    }

    private static WorseCanaries of(List<double[]> all) {
        double sum = all.stream().mapToDouble(one -> one[2]).sum();
        return new WorseCanaries(
                all.stream().mapToDouble(one -> one[0]).toArray(),
                all.stream().mapToDouble(one -> one[1]).toArray(),
                all.stream().mapToDouble(one -> one[2] / sum).toArray());
    }

    int number() {
        return ratios.length;
    }

    /**
     * How likely each of them makes a poll, but for the binomial coefficient, which all ratios share; logarithms.
     *
     * @param weighted the canary's requests times {@code maxRatio}
     */
    double[] logChances(long ofCanary, double weighted, long ofStable, long stableTotal) {
        double[] chances = new double[ratios.length];
        for (int i = 0; i < ratios.length && ofCanary + ofStable > 0; i++) {
            double share = ratios[i] * weighted / (ratios[i] * weighted + stableTotal);
            chances[i] = counts[i] == Double.POSITIVE_INFINITY
                    ? ofCanary * Math.log(share) + ofStable * Math.log1p(-share)
                    : inBursts(ofCanary, ofStable, share, counts[i] * (weighted + stableTotal));
        }
        return chances;
    }

    private static double inBursts(long ofCanary, long ofStable, double share, double sum) {
        return BurstChance.logRising(share * sum, ofCanary)
                + BurstChance.logRising((1 - share) * sum, ofStable)
                - BurstChance.logRising(sum, ofCanary + ofStable);
    }
}
