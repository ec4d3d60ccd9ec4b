package io.jenkins.plugins.chaosgate.verdict.sequential;

/**
 * How much of a bet goes to each time at which a canary may have begun to fail. Time is counted in the bad requests that the
 * limit expects, so that it makes no difference how often is looked; the weights of all times that will ever come sum to one.
 */
final class StartTimes {

    private StartTimes() {}

    /**
     * The logarithm of the weight of a poll as the first bad one.
     *
     * @param before how many bad requests the limit expected before this poll, 0 or more
     * @param poll how many in it, above 0
     */
    static double logWeight(double before, double poll) {
        return Math.log(tail(before) - tail(before + poll));
    }

    /** What is left for later: 1/(1 + ln(1 + Λ)), which falls so slowly that hours later there still is something to bet. */
    private static double tail(double expected) {
        return 1 / (1 + Math.log1p(expected));
    }
}
