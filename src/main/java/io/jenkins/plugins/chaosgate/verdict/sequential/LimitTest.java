package io.jenkins.plugins.chaosgate.verdict.sequential;

/**
 * Whether the share of bad requests lies above, or below, a limit p₀: an e-process, which may be looked at as often as
 * one likes. Pure; counts need not be whole, since bursty ones are divided by their overdispersion.
 *
 * <p>Evidence of "above" is the likelihood ratio against p₀, averaged over all shares p above p₀ with the weights of a
 * Beta(½, 1/(10 p₀)) distribution that is cut at p₀. For each p above p₀, one more request multiplies the ratio by p/p₀
 * or (1−p)/(1−p₀), on average by at most 1 as long as the true share is at most p₀. The average over p is thus a
 * non-negative supermartingale that starts at 1, and by Ville's inequality the chance that it ever reaches 1/α is at
 * most α. Evidence of "below" is the mirror image. That the limit's powers cancel is why {@link BetaTail} divides by them.
 */
public final class LimitTest {

    private static final double PRIOR_BAD = 0.5;
    /** The weights' mean is then a few times the limit, where canaries that fail are found. */
    private static final double PRIOR_GOOD_TIMES_LIMIT = 0.1;

    private final double limit;
    private final double priorGood;
    private final BetaTail tail;
    private final double priorAbove;
    private final double priorBelow;

    /**
     * @param limit the largest share of bad requests that is fine: above 0 and below 1
     * @throws IllegalArgumentException for any other limit: a limit of 0 is broken by one bad request, 1 by none
     */
    public LimitTest(double limit) {
        if (!(limit > 0 && limit < 1)) {
            throw new IllegalArgumentException("expected a limit between 0 and 1, both excluded, but found " + limit
                    + "; where no request at all may fail, count them with failedRequests instead");
        }
        this.limit = limit;
        this.priorGood = PRIOR_GOOD_TIMES_LIMIT / limit;
        this.tail = new BetaTail(limit);
        this.priorAbove = tail.upper(PRIOR_BAD, priorGood);
        this.priorBelow = tail.lower(PRIOR_BAD, priorGood);
    }

    public double limit() {
        return limit;
    }

    /** The natural logarithm of the evidence that the share lies above the limit; 0 before the first request. */
    public double logEvidenceAbove(double bad, double total) {
        check(bad, total);
        return tail.upper(PRIOR_BAD + bad, priorGood + (total - bad)) - priorAbove;
    }

    /** The natural logarithm of the evidence that the share lies below the limit; 0 before the first request. */
    public double logEvidenceBelow(double bad, double total) {
        check(bad, total);
        return tail.lower(PRIOR_BAD + bad, priorGood + (total - bad)) - priorBelow;
    }

    /** Whether the share is above the limit, with a chance of at most {@code alpha} of ever saying so wrongly. */
    public boolean isCertainlyAbove(double bad, double total, double alpha) {
        return bad > total * limit
                && couldBeCertain(bad, total, alpha)
                && logEvidenceAbove(bad, total) >= -Math.log(alpha);
    }

    /** Whether the share is below the limit, with a chance of at most {@code beta} of ever saying so wrongly. */
    public boolean isCertainlyBelow(double bad, double total, double beta) {
        return bad < total * limit
                && couldBeCertain(bad, total, beta)
                && logEvidenceBelow(bad, total) >= -Math.log(beta);
    }

    /** No average is above its largest part, which is cheap to tell: simulations ask millions of times. */
    private boolean couldBeCertain(double bad, double total, double error) {
        double largest = gain(bad, total * limit) + gain(total - bad, total * (1 - limit));
        return largest >= -Math.log(error);
    }

    private static double gain(double count, double expected) {
        return count == 0 ? 0 : count * Math.log(count / expected);
    }

    private static void check(double bad, double total) {
        if (!(bad >= 0 && bad <= total && total <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "expected 0 to all of the requests to be bad, but found " + bad + " of " + total);
        }
    }
}
