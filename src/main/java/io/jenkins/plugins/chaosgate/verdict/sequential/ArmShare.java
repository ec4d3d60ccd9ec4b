package io.jenkins.plugins.chaosgate.verdict.sequential;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Which share of a service's requests one of its versions got, as it was counted once: for requests of which nobody knows whose
 * they were. Pure.
 *
 * @param own requests of the version, 0 or more
 * @param all requests of the service, not fewer
 */
public record ArmShare(long own, long all) {

    /** Nobody else gets any. */
    public static final ArmShare WHOLE = new ArmShare(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Nothing is known of it. */
    public static final ArmShare UNKNOWN = new ArmShare(0, 0);

    /** How often the lower bound may be above the truth. */
    private static final double ERROR = 1e-3;
    /** So many standard deviations below its mean a number of requests may lie. */
    private static final double DEVIATIONS = 3.1;

    /** @throws IllegalArgumentException for more requests than all, or negative numbers */
    public ArmShare {
        if (own < 0 || own > all) {
            throw new IllegalArgumentException("expected 0 ≤ own ≤ all, but found " + own + " and " + all);
        }
    }

    /**
     * The smallest share that explains what was counted: the lower limit of Clopper and Pearson (Biometrika 26, 1934), with an
     * error of {@value #ERROR}. 0 where nothing was counted.
     */
    public double least() {
        if (equals(WHOLE)) {
            return 1;
        }
        return own == 0 ? 0 : new BetaDistribution(null, own, all - own + 1.0).inverseCumulativeProbability(ERROR);
    }

    /**
     * How many of so many later requests are the version's at least, if it gets the same share of them: the least share's mean,
     * less {@value #DEVIATIONS} standard deviations of the binomial distribution.
     */
    public long atLeastOf(long requests) {
        double share = least();
        double mean = requests * share;
        return (long) Math.max(0, Math.floor(mean - DEVIATIONS * Math.sqrt(mean * (1 - share))));
    }
}
