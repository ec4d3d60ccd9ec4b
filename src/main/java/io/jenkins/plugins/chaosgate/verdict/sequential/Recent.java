package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * The newest requests, so that a gate that ends does not average away what came last. The newest polls stand for themselves,
 * older ones are thrown together, so that there are but a few however long a gate lasts: no part has more than a quarter of the
 * requests that came after it, unless it is one poll.
 *
 * @param newestFirst the parts
 */
record Recent(List<Part> newestFirst) {

    /** Nothing was counted yet. */
    static final Recent NONE = new Recent(List.of());

    /** A stretch is doubtful where so many bad requests or more come with at most this chance from a canary at its limit. */
    static final double DOUBT = 0.05;

    private static final int NEWER_PER_PART = 4;

    /**
     * What some neighbouring polls counted.
     *
     * @param stable the same of the stable version; none where nothing is compared
     */
    record Part(Count canary, Count stable) {
        Part plus(Part other) {
            return new Part(canary.plus(other.canary), stable.plus(other.stable));
        }
    }

    Recent {
        newestFirst = List.copyOf(newestFirst);
    }

    /** After one more poll. */
    Recent plus(Count canary, Count stable) {
        List<Part> parts = new ArrayList<>(List.of(new Part(canary, stable)));
        long newer = 0;
        for (Part part : newestFirst) {
            Part last = parts.get(parts.size() - 1);
            Part both = last.plus(part);
            if (parts.size() > 1 && both.canary.total() * NEWER_PER_PART <= newer) {
                parts.set(parts.size() - 1, both);
            } else {
                newer += last.canary.total();
                parts.add(part);
            }
        }
        return new Recent(parts);
    }

    /**
     * Whether any of the newest stretches is doubtful beside a limit.
     *
     * @param fewest no stretch with fewer requests is looked at
     * @param phi the overdispersion by which bad requests are divided
     */
    boolean isDoubtful(double limit, long fewest, double phi) {
        Part sum = new Part(Count.NONE, Count.NONE);
        for (Part part : newestFirst) {
            sum = sum.plus(part);
            double bad = sum.canary.possiblyBad() / phi;
            double expected = limit * sum.canary.total() / phi;
            if (sum.canary.total() >= fewest && bad > expected && Gamma.regularizedGammaP(bad, expected) <= DOUBT) {
                return true;
            }
        }
        return false;
    }

    /** The same beside the stable version: of all bad requests of both too many are the canary's. */
    boolean isDoubtfulBeside(double maxRatio, long fewest, double phi) {
        Part sum = new Part(Count.NONE, Count.NONE);
        for (Part part : newestFirst) {
            sum = sum.plus(part);
            double bad = sum.canary.possiblyBad() / phi;
            double ofStable = sum.stable.surelyBad() / phi;
            double weighted = maxRatio * sum.canary.total();
            double share = weighted / (weighted + sum.stable.total());
            if (sum.canary.total() >= fewest
                    && bad > share * (bad + ofStable)
                    && Beta.regularizedBeta(share, bad, ofStable + 1) <= DOUBT) {
                return true;
            }
        }
        return false;
    }
}
