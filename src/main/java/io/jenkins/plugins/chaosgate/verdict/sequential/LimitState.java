package io.jenkins.plugins.chaosgate.verdict.sequential;

import io.jenkins.plugins.chaosgate.experiment.Unit;
import java.util.Objects;

/**
 * What a threshold with a limit on the share of bad requests has shown under the fault: the {@link LimitTest} both ways, the
 * {@link BurstTest} over the whole time and since any later time, and the hard limit for catastrophes. Give it each poll's counts
 * with {@link #plus}. Immutable.
 *
 * <p>A violation over the whole time must be certain three times: by the plain counts, so that the bound α holds exactly where
 * requests fail on their own; by the counts divided for the burstiness that was seen; and by when they failed, so that it holds
 * where they fail in bursts up to the burstiness that is allowed for. A canary that began to fail later is found by when requests
 * failed alone. Both share α, so that it bounds the two together.
 *
 * <p>An early pass divides the counts by the burstiness that is allowed for, or that was seen if it is more: for any compound
 * Poisson stream of bad requests with no more overdispersion than that the bound β is proven (docs/decisions.md).
 */
public final class LimitState implements SequentialState {

    /** Which part of α goes to canaries that begin to fail later than with the first poll. */
    static final double LATE = 0.1;

    /** Which rule found the limit broken. */
    private enum Violation {
        NONE,
        EVIDENCE,
        LATE_EVIDENCE,
        CATASTROPHE
    }

    private final LimitTest test;
    private final Confidence confidence;
    private final Burstiness before;
    private final Burstiness allowed;
    private final Dispersion dispersion;
    private final BurstTest bursts;
    private final Catastrophe newest;
    private final Recent recent;
    private final Violation violation;

    private LimitState(
            LimitTest test,
            Confidence confidence,
            Burstiness before,
            Burstiness allowed,
            Dispersion dispersion,
            BurstTest bursts,
            Catastrophe newest,
            Recent recent,
            Violation violation) {
        this.test = test;
        this.confidence = Objects.requireNonNull(confidence, "confidence");
        this.before = before;
        this.allowed = allowed;
        this.dispersion = dispersion;
        this.bursts = bursts;
        this.newest = newest;
        this.recent = recent;
        this.violation = violation;
    }

    /**
     * Nothing was counted yet, and it is known how bursty bad requests are.
     *
     * @param limit the largest share of bad requests that is fine, above 0 and below 1
     */
    public static LimitState fresh(double limit, Confidence confidence, Burstiness known) {
        return fresh(limit, confidence, known, known);
    }

    /**
     * Nothing was counted yet.
     *
     * @param limit the largest share of bad requests that is fine, above 0 and below 1
     * @param seen how bursty bad requests were before the fault
     * @param allowed how bursty they may be without a violation being called, or an early pass be given, by mistake
     */
    public static LimitState fresh(double limit, Confidence confidence, Burstiness seen, Burstiness allowed) {
        return new LimitState(
                new LimitTest(limit),
                confidence,
                seen,
                allowed,
                Dispersion.NONE,
                BurstTest.fresh(limit, allowed),
                Catastrophe.watch(allowed),
                Recent.NONE,
                Violation.NONE);
    }

    /** After one more poll, which counted these requests since the poll before. */
    public LimitState plus(Count poll) {
        LimitState next = new LimitState(
                test,
                confidence,
                before,
                allowed,
                dispersion.plus(poll),
                bursts.plus(poll),
                newest.plus(poll),
                poll.total() == 0 ? recent : recent.plus(poll, Count.NONE),
                violation);
        return violation == Violation.NONE ? next.with(next.found()) : next;
    }

    private Violation found() {
        if (isCertainlyAbove()) {
            return Violation.EVIDENCE;
        }
        if (bursts.isCertainlyAboveSinceSomeTime(LATE * confidence.alpha())) {
            return Violation.LATE_EVIDENCE;
        }
        return newest.isOne(test.limit()) ? Violation.CATASTROPHE : Violation.NONE;
    }

    private LimitState with(Violation found) {
        return new LimitState(test, confidence, before, allowed, dispersion, bursts, newest, recent, found);
    }

    private boolean isCertainlyAbove() {
        Count sum = sum();
        double alpha = (1 - LATE) * confidence.alpha();
        return test.isCertainlyAbove(sum.surelyBad(), sum.total(), alpha)
                && test.isCertainlyAbove(scaled(sum.surelyBad()), scaled(sum.total()), alpha)
                && bursts.isCertainlyAbove(alpha);
    }

    private boolean isCertainlyBelow() {
        Count sum = sum();
        double phi = burstinessOfPass().phi();
        return test.isCertainlyBelow(sum.possiblyBad() / phi, sum.total() / phi, confidence.beta());
    }

    /** All requests counted so far. */
    public Count sum() {
        return dispersion.sum();
    }

    /** How bursty bad requests are, before the fault or since. */
    public Burstiness burstiness() {
        return before.max(dispersion.ofShareThatMayChange());
    }

    /** The burstiness by which an early pass divides the counts: what is allowed for, or what was seen if it is more. */
    public Burstiness burstinessOfPass() {
        return burstiness().max(allowed);
    }

    @Override
    public Decision decision() {
        if (violation != Violation.NONE) {
            return Decision.VIOLATED;
        }
        return isCertainlyBelow() ? Decision.HOLDS : Decision.CONTINUE;
    }

    @Override
    public Conclusion conclusion() {
        if (violation != Violation.NONE) {
            return Conclusion.VIOLATED;
        }
        Count sum = sum();
        if (sum.total() < needed()) {
            return Conclusion.TOO_LITTLE;
        }
        return sum.possiblyBad() > test.limit() * sum.total() || isDoubtfulOfLate()
                ? Conclusion.UNCLEAR
                : Conclusion.HELD;
    }

    /**
     * Whether the newest requests speak against the canary, though not for certain. They are divided for no more bursts than are
     * allowed for: a canary that is dead at the last look looks like a burst, too.
     */
    private boolean isDoubtfulOfLate() {
        double phi = Math.min(burstiness().phi(), allowed.phi());
        return sum().possiblyBad() <= test.limit() * sum().total()
                && recent.isDoubtful(test.limit(), SampleSize.toShow(test.limit(), confidence.beta()), phi);
    }

    /** The smallest number of requests that could have shown that the limit is kept. */
    public long needed() {
        return (long) Math.ceil(burstiness().phi() * SampleSize.toShow(test.limit(), confidence.beta()));
    }

    @Override
    public double logEvidence() {
        return test.logEvidenceAbove(scaled(sum().surelyBad()), scaled(sum().total()));
    }

    @Override
    public String words() {
        String counted = share() + " (" + sum().words() + "), limit " + Unit.FRACTION.format(test.limit());
        return switch (violation) {
            case EVIDENCE -> counted + ", " + confidence.certain();
            case LATE_EVIDENCE -> counted + ", above it of late, " + confidence.certain();
            case CATASTROPHE ->
                counted + ", half or more of the newest " + newest.sum().total() + " were bad";
            case NONE -> counted + unbroken();
        };
    }

    private String unbroken() {
        if (decision() == Decision.HOLDS) {
            return ", " + confidence.holds();
        }
        if (sum().total() < needed()) {
            return ", " + needed() + " needed to show it at " + Confidence.percent(confidence.beta());
        }
        return isDoubtfulOfLate() ? ", but the newest requests are above it" : "";
    }

    private String share() {
        Count sum = sum();
        if (sum.total() == 0) {
            return "nothing counted";
        }
        String least = percentage(sum.surelyBad());
        return sum.isExact() ? least : least + " to " + percentage(sum.possiblyBad());
    }

    private String percentage(long bad) {
        return Unit.FRACTION.format((double) bad / sum().total());
    }

    private double scaled(long count) {
        return count / burstiness().phi();
    }
}
