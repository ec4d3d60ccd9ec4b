package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.OptionalLong;

/**
 * How many requests of the canary a comparison with the stable version needs before it could find a violation at all: the very
 * tests of {@link RatioState}, fed with the same polls as if all of the canary's requests had been bad and none of the stable
 * version's.
 *
 * @param canary the canary's requests so far
 * @param stable the stable version's
 * @param polls how many there were
 * @param needed after how many requests of the canary a violation would have been found; empty while it would not
 */
record Findable(
        RatioTest test,
        RatioBurstTest bursts,
        double phi,
        double alpha,
        long canary,
        long stable,
        long polls,
        OptionalLong needed) {

    /** More polls than this are not imagined. */
    private static final long MOST_POLLS = 10_000;

    static Findable fresh(RatioTest test, RatioBurstTest bursts, Burstiness seen, double alpha) {
        return new Findable(test, bursts, seen.phi(), alpha, 0, 0, 0, OptionalLong.empty());
    }

    /** After one more poll with so many requests in each arm, above 0. */
    Findable plus(long ofCanary, long ofStable) {
        if (needed.isPresent()) {
            return this;
        }
        Count allBad = Count.of(ofCanary, ofCanary);
        Count noneBad = Count.of(0, ofStable);
        RatioTest next = test.plus(allBad, noneBad, phi);
        RatioBurstTest nextBursts = bursts.plus(allBad, noneBad);
        long sum = canary + ofCanary;
        boolean found = RatioState.isCertainlyAbove(next, nextBursts, alpha);
        return new Findable(
                next,
                nextBursts,
                phi,
                alpha,
                sum,
                stable + ofStable,
                polls + 1,
                found ? OptionalLong.of(sum) : OptionalLong.empty());
    }

    /** How many are needed, if polls go on as they were so far; 0 before the first. */
    long fewest() {
        if (polls == 0) {
            return 0;
        }
        Findable next = this;
        long ofCanary = Math.max(1, Math.round((double) canary / polls));
        long ofStable = Math.max(1, Math.round((double) stable / polls));
        for (long more = 0; more < MOST_POLLS && next.needed.isEmpty(); more++) {
            next = next.plus(ofCanary, ofStable);
        }
        return next.needed.orElse(next.canary);
    }
}
