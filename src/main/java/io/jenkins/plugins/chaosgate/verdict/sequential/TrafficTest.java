package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.math3.special.Gamma;

/**
 * Whether the canary's traffic has collapsed: far fewer requests come, since some time, than came before the fault. Immutable; fed
 * look by look.
 *
 * <p>Let μ be the requests that a look would have at {@code least} times the rate of the warm-up, x those that came, φ their
 * overdispersion as it was known before the look. For a canary of which a share k of μ is left, L = k^(x/φ) · exp((1 − k) μ/φ); the
 * evidence is the average over k and, by {@code Rₜ = (Rₜ₋₁ + wₜ) Lₜ}, over all times at which the traffic may have collapsed, weighted
 * by {@link StartTimes}. While the rate is at least {@code least} times what it was, R is a supermartingale below the sum of
 * the weights for every compound Poisson stream with that φ or less (docs/decisions.md, "Bursts"): the chance that it ever reaches
 * 2/α is at most α/2. The other half of α goes to the warm-up's rate, which is taken at the lower end of what it may have been.
 *
 * <p>Where the traffic collapsed, it went elsewhere if the others' says that far more should have come for the canary; if theirs has
 * fallen too, or is not known, the load itself stopped as far as anybody can tell.
 */
public final class TrafficTest {

    /** What the newest looks say. */
    public enum State {
        /** The canary gets about what it got before the fault, or it cannot be told that it does not. */
        STEADY,
        /** Far fewer requests come to the canary, and those that should have come go elsewhere, or nowhere. */
        COLLAPSED_ELSEWHERE,
        /** Far fewer come, but the others get as much less; or there are no others to compare with. */
        COLLAPSED_LOAD
    }

    /**
     * The newest stretch of time in which the canary's traffic was least like before.
     *
     * @param lasting how long it is
     * @param expected how many requests would have come to the canary as before the fault
     * @param seen how many came
     * @param othersExpected how many would have come to the others; empty where nobody knows
     * @param othersSeen how many came to them
     */
    public record Stretch(
            Duration lasting, double expected, long seen, OptionalDouble othersExpected, OptionalLong othersSeen) {
        static final Stretch NONE = new Stretch(Duration.ZERO, 0, 0, OptionalDouble.empty(), OptionalLong.empty());
    }

    /** The share of the usual traffic below which it has collapsed, where nothing else is asked for. */
    public static final double LEAST = 1.0 / 3;

    private static final double[] LEFT = {0, 0.3};
    private static final double[] WEIGHTS = {0.6, 0.4};

    /** It went elsewhere if at {@code least} of the usual share so few would come with at most this chance. */
    private static final double BY_CHANCE = 0.05;

    private final TrafficBaseline before;
    private final double alpha;
    private final Arrivals arrivals;
    private final double expected;
    private final double[] since;
    private final Stretch newest;

    private TrafficTest(
            TrafficBaseline before, double alpha, Arrivals arrivals, double expected, double[] since, Stretch newest) {
        this.before = before;
        this.alpha = alpha;
        this.arrivals = arrivals;
        this.expected = expected;
        this.since = since;
        this.newest = newest;
    }

    /**
     * Begins under the fault.
     *
     * @param warmup the looks before it, oldest first; without any request of the canary among them nothing can collapse
     * @param least the share of the usual traffic below which it has collapsed, above 0 and below 1: {@link #LEAST}; less where the
     *     fault itself slows those down that send the requests
     * @param alpha the chance of ever calling steady traffic collapsed, above 0 and below 1
     * @throws IllegalArgumentException for other shares
     */
    public static TrafficTest begin(List<TrafficLook> warmup, double least, double alpha) {
        if (!(least > 0 && least < 1 && alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "expected least and alpha between 0 and 1, both excluded, but found " + least + " and " + alpha);
        }
        TrafficBaseline before = TrafficBaseline.of(warmup, least, alpha / 2);
        double never = Double.NEGATIVE_INFINITY;
        return new TrafficTest(before, alpha, before.canary(), 0, new double[] {never, never}, Stretch.NONE);
    }

    /** After one more look. */
    public TrafficTest plus(TrafficLook look) {
        Objects.requireNonNull(look, "look");
        double phi = arrivals.phi();
        double mean = before.leastPerSecond(phi) * look.seconds();
        if (mean == 0) {
            return this;
        }
        double begin = StartTimes.logWeight(expected / phi, mean / phi);
        double[] next = new double[LEFT.length];
        for (int i = 0; i < LEFT.length; i++) {
            double kept = look.canary() == 0 ? 0 : look.canary() / phi * Math.log(LEFT[i]);
            next[i] = LogSum.of(since[i], begin) + kept + (1 - LEFT[i]) * mean / phi;
        }
        boolean goesOn = LogSum.largest(since) > begin;
        return new TrafficTest(
                before,
                alpha,
                arrivals.plus(look.canary(), look.seconds()),
                expected + mean,
                next,
                before.longer(goesOn ? newest : Stretch.NONE, look));
    }

    /** What the newest looks say. A canary whose traffic comes back is steady again. */
    public State state() {
        if (logEvidence() < -Math.log(alpha / 2)) {
            return State.STEADY;
        }
        return wentElsewhere() ? State.COLLAPSED_ELSEWHERE : State.COLLAPSED_LOAD;
    }

    /** The natural logarithm of the evidence that it collapsed; −∞ before the first look. */
    double logEvidence() {
        return LogSum.of(WEIGHTS, since);
    }

    /** How long, expected and seen: since when it would have collapsed, if it has. */
    public Stretch newest() {
        return newest;
    }

    /** Whether fewer came to the canary than fit the others' traffic, at {@code least} of the canary's usual share. */
    private boolean wentElsewhere() {
        double phi = arrivals.phi();
        double fits = before.fitsOthers(newest, phi) / phi;
        double seen = newest.seen() / phi;
        return fits > 0 && seen < fits && Gamma.regularizedGammaQ(seen + 1, fits) <= BY_CHANCE;
    }
}
