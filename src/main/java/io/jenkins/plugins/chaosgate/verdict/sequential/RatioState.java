package io.jenkins.plugins.chaosgate.verdict.sequential;

import io.jenkins.plugins.chaosgate.experiment.Unit;
import java.util.Objects;

/**
 * What a threshold that compares the canary with the stable version has shown under the fault: the {@link RatioTest} both
 * ways, and the {@link RatioBurstTest} over the whole time and since any later time. Give it each poll's counts of both arms, over
 * the same time, with {@link #plus}. Immutable. A violation over the whole time must be certain by both; one that began later by
 * the second. An early pass divides the counts by the burstiness that is allowed for, as {@link LimitState} does.
 */
public final class RatioState implements SequentialState {

    /**
     * Beside the stable version no limit is known before the gate. A canary of which this share fails should have shown a bad request,
     * or nothing was shown.
     */
    static final double SHARE_TO_SHOW = 0.05;

    private final RatioTest test;
    private final RatioTest passing;
    private final RatioBurstTest bursts;
    private final Findable findable;
    private final Confidence confidence;
    private final Burstiness burstiness;
    private final Burstiness allowed;
    private final Recent recent;
    private final Count canary;
    private final Count stable;
    private final boolean violated;

    private RatioState(
            RatioTest test,
            RatioTest passing,
            RatioBurstTest bursts,
            Findable findable,
            Confidence confidence,
            Burstiness burstiness,
            Burstiness allowed,
            Recent recent,
            Count canary,
            Count stable,
            boolean violated) {
        this.test = test;
        this.passing = passing;
        this.bursts = bursts;
        this.findable = findable;
        this.confidence = Objects.requireNonNull(confidence, "confidence");
        this.burstiness = Objects.requireNonNull(burstiness, "burstiness");
        this.allowed = Objects.requireNonNull(allowed, "allowed");
        this.recent = recent;
        this.canary = canary;
        this.stable = stable;
        this.violated = violated;
    }

    /**
     * Nothing was counted yet, and it is known how bursty bad requests are.
     *
     * @param maxRatio how many times the stable version's rate of bad requests the canary's may be, above 0
     */
    public static RatioState fresh(double maxRatio, Confidence confidence, Burstiness known) {
        return fresh(maxRatio, confidence, known, known);
    }

    /**
     * Nothing was counted yet.
     *
     * @param maxRatio how many times the stable version's rate of bad requests the canary's may be, above 0
     * @param seen how bursty bad requests were before the fault, the larger one of both arms
     * @param allowed how bursty they may be without a violation being called, or an early pass be given, by mistake
     */
    public static RatioState fresh(double maxRatio, Confidence confidence, Burstiness seen, Burstiness allowed) {
        RatioTest test = RatioTest.fresh(maxRatio);
        RatioBurstTest bursts = RatioBurstTest.fresh(maxRatio, allowed);
        return new RatioState(
                test,
                test,
                bursts,
                Findable.fresh(test, bursts, seen, confidence.alpha()),
                confidence,
                seen,
                allowed.max(seen),
                Recent.NONE,
                Count.NONE,
                Count.NONE,
                false);
    }

    /** After one more poll; one in which an arm had no requests compares nothing and is left out of the counts. */
    public RatioState plus(Count ofCanary, Count ofStable) {
        if (ofCanary.total() == 0 || ofStable.total() == 0) {
            return this;
        }
        RatioTest next = test.plus(ofCanary, ofStable, burstiness.phi());
        RatioBurstTest nextBursts = bursts.plus(ofCanary, ofStable);
        return new RatioState(
                next,
                passing.plus(ofCanary, ofStable, allowed.phi()),
                nextBursts,
                findable.plus(ofCanary.total(), ofStable.total()),
                confidence,
                burstiness,
                allowed,
                recent.plus(ofCanary, ofStable),
                canary.plus(ofCanary),
                stable.plus(ofStable),
                violated || isCertainlyAbove(next, nextBursts, confidence.alpha()));
    }

    /** Whether the canary is too bad, by tests that share {@code alpha}. */
    static boolean isCertainlyAbove(RatioTest test, RatioBurstTest bursts, double alpha) {
        double whole = (1 - LimitState.LATE) * alpha;
        return test.logEvidenceAbove() >= -Math.log(whole) && bursts.isCertainlyAbove(whole)
                || bursts.isCertainlyAboveSinceSomeTime(LimitState.LATE * alpha);
    }

    /** The canary's requests that were compared. */
    public Count canary() {
        return canary;
    }

    /** The stable version's requests that were compared. */
    public Count stable() {
        return stable;
    }

    /** The burstiness by which an early pass divides the counts: what is allowed for, or what was seen if it is more. */
    public Burstiness burstinessOfPass() {
        return allowed;
    }

    @Override
    public Decision decision() {
        if (violated) {
            return Decision.VIOLATED;
        }
        return passing.logEvidenceBelow() >= -Math.log(confidence.beta()) ? Decision.HOLDS : Decision.CONTINUE;
    }

    @Override
    public Conclusion conclusion() {
        if (violated) {
            return Conclusion.VIOLATED;
        }
        if (canary.total() == 0 || canary.total() < needed() || stable.total() < neededOfStable()) {
            return Conclusion.TOO_LITTLE;
        }
        boolean within = canary.possiblyBad() / (double) canary.total()
                <= test.maxRatio() * stable.surelyBad() / (double) stable.total();
        return within && !recent.isDoubtfulBeside(test.maxRatio(), fewestToShow(), burstiness.phi())
                ? Conclusion.HELD
                : Conclusion.UNCLEAR;
    }

    /**
     * With fewer canary requests than this, nothing is shown: the tests could not have found a violation even had all of them been bad
     * and none of the stable version's; or a canary of which {@value #SHARE_TO_SHOW} fails would all too often not have shown one bad
     * request. It grows with the canary's share of the traffic; 0 while nothing was compared.
     */
    public long needed() {
        return canary.total() == 0 ? 0 : Math.max(findable.fewest(), fewestToShow());
    }

    /** With fewer requests of the stable version than this nobody knows how bad it is; 0 while nothing was compared. */
    public long neededOfStable() {
        return canary.total() == 0 ? 0 : fewestToShow();
    }

    private long fewestToShow() {
        return (long) Math.ceil(burstiness.phi() * SampleSize.toShow(SHARE_TO_SHOW, confidence.beta()));
    }

    @Override
    public double logEvidence() {
        return test.logEvidenceAbove();
    }

    @Override
    public String words() {
        String words = share(canary) + ", stable " + share(stable) + ", limit " + Unit.NUMBER.format(test.maxRatio())
                + " × stable";
        return switch (decision()) {
            case VIOLATED -> words + ", " + confidence.certain();
            case HOLDS -> words + ", " + confidence.holds();
            case CONTINUE -> words + tooFew();
        };
    }

    private String tooFew() {
        if (canary.total() < needed()) {
            return ", " + needed() + " requests of the canary needed to compare them";
        }
        return stable.total() < neededOfStable()
                ? ", " + neededOfStable() + " requests of the stable version needed to compare them"
                : "";
    }

    private static String share(Count count) {
        return count.total() == 0
                ? "nothing counted"
                : Unit.FRACTION.format((double) count.surelyBad() / count.total()) + " (" + count.words() + ")";
    }
}
