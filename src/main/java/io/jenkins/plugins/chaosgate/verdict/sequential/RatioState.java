package io.jenkins.plugins.chaosgate.verdict.sequential;

import io.jenkins.plugins.chaosgate.experiment.Unit;
import java.util.Objects;

/**
 * What a threshold that compares the canary with the stable version has shown under the fault: the {@link RatioTest} both
 * ways, and the {@link RatioBurstTest}. Give it each poll's counts of both arms, over the same time, with {@link #plus}.
 * Immutable. A violation must be certain by both.
 */
public final class RatioState implements SequentialState {

    private final RatioTest test;
    private final RatioBurstTest bursts;
    private final Confidence confidence;
    private final Burstiness burstiness;
    private final Count canary;
    private final Count stable;
    private final boolean violated;

    private RatioState(
            RatioTest test,
            RatioBurstTest bursts,
            Confidence confidence,
            Burstiness burstiness,
            Count canary,
            Count stable,
            boolean violated) {
        this.test = test;
        this.bursts = bursts;
        this.confidence = Objects.requireNonNull(confidence, "confidence");
        this.burstiness = Objects.requireNonNull(burstiness, "burstiness");
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
     * @param allowed how bursty they may be without a violation being called by mistake
     */
    public static RatioState fresh(double maxRatio, Confidence confidence, Burstiness seen, Burstiness allowed) {
        return new RatioState(
                RatioTest.fresh(maxRatio),
                RatioBurstTest.fresh(maxRatio, allowed),
                confidence,
                seen,
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
        boolean broken = violated
                || next.logEvidenceAbove() >= -Math.log(confidence.alpha())
                        && nextBursts.isCertainlyAbove(confidence.alpha());
        return new RatioState(
                next, nextBursts, confidence, burstiness, canary.plus(ofCanary), stable.plus(ofStable), broken);
    }

    /** The canary's requests that were compared. */
    public Count canary() {
        return canary;
    }

    /** The stable version's requests that were compared. */
    public Count stable() {
        return stable;
    }

    @Override
    public Decision decision() {
        if (violated) {
            return Decision.VIOLATED;
        }
        return test.logEvidenceBelow() >= -Math.log(confidence.beta()) ? Decision.HOLDS : Decision.CONTINUE;
    }

    @Override
    public Conclusion conclusion() {
        if (violated) {
            return Conclusion.VIOLATED;
        }
        if (canary.total() == 0 || canary.total() < needed()) {
            return Conclusion.TOO_LITTLE;
        }
        return canary.possiblyBad() / (double) canary.total()
                        <= test.maxRatio() * stable.surelyBad() / (double) stable.total()
                ? Conclusion.HELD
                : Conclusion.UNCLEAR;
    }

    /**
     * With fewer canary requests than this, the test could not have found a violation even had all of them been bad and
     * none of the stable version's. It grows with the canary's share of the traffic; 0 while nothing was compared.
     */
    public long needed() {
        if (canary.total() == 0) {
            return 0;
        }
        double weighted = test.maxRatio() * canary.total();
        double share = weighted / (weighted + stable.total());
        return (long) Math.ceil(burstiness.phi() * RatioTest.fewestForViolation(share, confidence.alpha()));
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
            case CONTINUE -> words;
        };
    }

    private static String share(Count count) {
        return count.total() == 0
                ? "nothing counted"
                : Unit.FRACTION.format((double) count.surelyBad() / count.total()) + " (" + count.words() + ")";
    }
}
