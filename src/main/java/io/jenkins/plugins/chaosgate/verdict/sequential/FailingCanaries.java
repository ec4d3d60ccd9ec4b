package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.ArrayList;
import java.util.List;

/**
 * The canaries that fail by which {@link BurstTest} explains what was counted: each with a share of bad requests above the limit,
 * which come singly or in bursts.
 *
 * @param shares of each, above the limit and below 1
 * @param phis the overdispersion of each; 1 where they come singly
 * @param weights how much each of them counts; they sum to one
 */
record FailingCanaries(double[] shares, double[] phis, double[] weights) {

    /** Multiples of the limit, and how much each of them counts: most where a failing canary is to be found soon. */
    private static final double[][] MULTIPLES = {{2, 0.25}, {5, 0.5}, {15, 0.08}, {50, 0.05}};
    /** Parts of the way from the limit to all requests: a canary of which every other pod is dead, one that is dead. */
    private static final double[][] PARTS = {{0.45, 0.04}, {0.97, 0.08}};
    /**
     * How much of a multiple's weight goes to bad requests that come singly, not in bursts. The others' bursts are no larger than is
     * allowed for: with larger ones quiet polls, too, would speak against a canary.
     */
    private static final double SINGLY = 0.95;

    static FailingCanaries of(double limit, Burstiness largest) {
        List<double[]> all = new ArrayList<>();
        for (double[] multiple : MULTIPLES) {
            double share = multiple[0] * limit;
            if (share < 1) {
                all.add(new double[] {share, 1, multiple[1] * SINGLY});
                all.add(new double[] {share, largest.phi(), multiple[1] * (1 - SINGLY)});
            }
        }
        for (double[] part : PARTS) {
            all.add(new double[] {limit + part[0] * (1 - limit), 1, part[1]});
        }
        double sum = all.stream().mapToDouble(one -> one[2]).sum();
        return new FailingCanaries(
                all.stream().mapToDouble(one -> one[0]).toArray(),
                all.stream().mapToDouble(one -> one[1]).toArray(),
                all.stream().mapToDouble(one -> one[2] / sum).toArray());
    }

    int number() {
        return shares.length;
    }

    /**
     * How likely each of them makes a poll; logarithms.
     *
     * @param falling {@link BurstChance#logFalling} of the poll
     */
    double[] logChances(Count poll, double falling) {
        double[] chances = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            chances[i] = phis[i] == 1
                    ? BurstChance.singly(poll, shares[i], falling)
                    : BurstChance.inBursts(poll.surelyBad(), shares[i] * poll.total(), phis[i]);
        }
        return chances;
    }
}
