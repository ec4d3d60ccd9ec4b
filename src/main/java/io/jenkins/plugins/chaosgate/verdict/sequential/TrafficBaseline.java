package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What came before the fault, as {@link TrafficTest} compares with it.
 *
 * @param canary requests of the canary
 * @param others those of the others; none where not all looks knew them
 * @param least the share of the usual traffic below which it has collapsed
 * @param errors how many standard errors below its mean the canary's rate may lie
 */
record TrafficBaseline(Arrivals canary, Arrivals others, double least, double errors) {

    /** How many standard errors the others' traffic may lie apart: it tells where the traffic went, not whether it collapsed. */
    private static final double OTHERS_ERRORS = 2;

    static TrafficBaseline of(List<TrafficLook> warmup, double least, double error) {
        Arrivals canary = Arrivals.NONE;
        Arrivals others = Arrivals.NONE;
        boolean known = warmup.stream().allMatch(look -> look.others().isPresent());
        for (TrafficLook look : warmup) {
            canary = canary.plus(look.canary(), look.seconds());
            if (known) {
                others = others.plus(look.others().getAsLong(), look.seconds());
            }
        }
        double errors = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - error);
        return new TrafficBaseline(canary, others, least, errors);
    }

    /**
     * The rate below which the canary's traffic has collapsed, each second; 0 where there was none to collapse.
     *
     * @param phi the overdispersion of the canary's requests as it is known by now
     */
    double leastPerSecond(double phi) {
        return canary.looks() == 0 ? 0 : least * lower(canary.requests(), phi, errors) / canary.seconds();
    }

    /** Where the mean of so many may lie at least: the root of m = n − errors √(φ m), which a Poisson stream's mean is not below. */
    private static double lower(double requests, double phi, double errors) {
        double half = errors * Math.sqrt(phi) / 2;
        double root = Math.sqrt(requests + half * half) - half;
        return root * root;
    }

    /** Where it may lie at most. */
    private static double upper(double requests, double phi, double errors) {
        double half = errors * Math.sqrt(phi) / 2;
        double root = Math.sqrt(requests + half * half) + half;
        return root * root;
    }

    /** A stretch with one more look. */
    TrafficTest.Stretch longer(TrafficTest.Stretch stretch, TrafficLook look) {
        Duration lasting = stretch.lasting().plus(look.elapsed());
        boolean known = others.looks() > 0
                && look.others().isPresent()
                && (stretch.lasting().isZero() || stretch.othersSeen().isPresent());
        double seconds = lasting.toNanos() / 1e9;
        return new TrafficTest.Stretch(
                lasting,
                canary.rate() * seconds,
                stretch.seen() + look.canary(),
                known ? OptionalDouble.of(others.rate() * seconds) : OptionalDouble.empty(),
                known
                        ? OptionalLong.of(
                                stretch.othersSeen().orElse(0) + look.others().getAsLong())
                        : OptionalLong.empty());
    }

    /**
     * How many requests at least would have come to the canary in a stretch, at {@code least} of its usual share of the traffic; 0 where
     * the others' is not known. More of theirs means no more for the canary: its share went to them.
     */
    double fitsOthers(TrafficTest.Stretch stretch, double phi) {
        if (stretch.othersSeen().isEmpty()) {
            return 0;
        }
        double most = upper(others.requests(), others.phi(), OTHERS_ERRORS) / others.seconds();
        double seconds = stretch.lasting().toNanos() / 1e9;
        double share = lower(stretch.othersSeen().getAsLong(), others.phi(), OTHERS_ERRORS) / (most * seconds);
        return leastPerSecond(phi) * seconds * Math.min(1, share);
    }
}
