package io.jenkins.plugins.chaosgate.verdict.sequential;

/** How many requests a limit needs before anything can be said. Pure functions. */
public final class SampleSize {

    private static final long LARGEST = 1L << 53;

    private SampleSize() {}

    /**
     * The smallest number of requests that can show p &lt; limit when looked at once, none of them bad: {@code ln β / ln(1 −
     * limit)}, rounded up; 299 for 1 % at 95 %. With fewer, a gate that ends has shown nothing: "too little traffic".
     *
     * @throws IllegalArgumentException unless limit and beta are between 0 and 1
     */
    public static long toShow(double limit, double beta) {
        checkShare("limit", limit);
        checkShare("beta", beta);
        return (long) Math.ceil(Math.log(beta) / Math.log1p(-limit));
    }

    /**
     * The smallest number of requests after which a gate can pass early, none of them bad: where the e-process for "below
     * the limit" first reaches 1/β. More than {@link #toShow}, the price of looking at every poll; 375 for 1 % at 95 %.
     *
     * @throws IllegalArgumentException unless limit and beta are between 0 and 1
     */
    public static long toPassEarly(double limit, double beta) {
        checkShare("beta", beta);
        LimitTest test = new LimitTest(limit);
        long few = 0;
        long enough = 1;
        while (!test.isCertainlyBelow(0, enough, beta) && enough < LARGEST) {
            few = enough;
            enough *= 2;
        }
        while (enough - few > 1) {
            long middle = few + (enough - few) / 2;
            if (test.isCertainlyBelow(0, middle, beta)) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return enough;
    }

    private static void checkShare(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "expected a " + name + " between 0 and 1, both excluded, but found " + share);
        }
    }
}
