package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * No more than so many failed requests in any window, to the letter: violated by the first one too many. It holds early
 * once it is certain that fewer fail in the long run than one window may hold, though they may come in bursts.
 *
 * @param burstiness how many of them may come at a time without an early pass being given by mistake
 * @param since when the counting began
 * @param until the newest sample
 * @param worst in the worst window so far
 * @param sum all that was counted
 */
record WindowJudgement(
        FailedRequests threshold,
        Confidence confidence,
        Burstiness burstiness,
        Instant since,
        Instant until,
        FailedInAnyWindow worst,
        Count sum)
        implements Judgement {

    /** Time is cut into slots in each of which a request fails with this chance at the limit: small, so that none has two. */
    private static final double PER_SLOT = 1e-4;

    WindowJudgement {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(confidence, "confidence");
        Objects.requireNonNull(burstiness, "burstiness");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(worst, "worst");
        Objects.requireNonNull(sum, "sum");
    }

    /** @param seen how bursty bad requests were so far; what the threshold itself says of that goes before it */
    static WindowJudgement begin(FailedRequests threshold, Instant since, Confidence confidence, Burstiness seen) {
        OptionalDouble known = threshold.judging().burstiness();
        Burstiness allowed = known.isPresent() ? new Burstiness(known.getAsDouble()) : Burstiness.USUAL.max(seen);
        return new WindowJudgement(
                threshold, confidence, allowed, since, since, new FailedInAnyWindow(0, 0), Count.NONE);
    }

    @Override
    public WindowJudgement observed(Instant at, Observation observation) {
        return observation
                .counted()
                .flatMap(counted -> counted.worst()
                        .map(window -> new WindowJudgement(
                                threshold,
                                confidence,
                                burstiness,
                                since,
                                observation.time(),
                                new FailedInAnyWindow(
                                        Math.max(worst.certain(), window.certain()),
                                        Math.max(worst.possible(), window.possible())),
                                counted.judged())))
                .orElse(this);
    }

    @Override
    public Decision decision() {
        if (worst.certain() > max()) {
            return Decision.VIOLATED;
        }
        return couldBreak() && worst.possible() <= max() && isCertainlyRarer() ? Decision.HOLDS : Decision.CONTINUE;
    }

    @Override
    public Conclusion conclusion() {
        if (worst.certain() > max()) {
            return Conclusion.VIOLATED;
        }
        if (!couldBreak()) {
            return Conclusion.TOO_LITTLE;
        }
        return worst.possible() > max() ? Conclusion.UNCLEAR : Conclusion.HELD;
    }

    /** Whether a window has more requests than may fail in it: with fewer, nothing is shown. */
    private boolean couldBreak() {
        double windows =
                Math.max(1, (double) elapsed().toMillis() / threshold.per().toMillis());
        return sum.total() / windows > max();
    }

    private boolean isCertainlyRarer() {
        double expected = max() * elapsed().toMillis() / threshold.per().toMillis();
        double slots = expected / PER_SLOT / burstiness.phi();
        double failed = sum.possiblyBad() / burstiness.phi();
        return failed < slots && new LimitTest(PER_SLOT).isCertainlyBelow(failed, slots, confidence.beta());
    }

    private Duration elapsed() {
        Duration elapsed = Duration.between(since, until);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private double max() {
        return threshold.judging().bounds().max().getAsDouble();
    }

    @Override
    public String words() {
        String number = worst.certain()
                + (worst.possible() > max() && worst.certain() <= max() ? " to " + worst.possible() : "");
        String few = couldBreak() || worst.certain() > max()
                ? ""
                : "; " + needed().getAsLong() + " needed in " + Units.duration(threshold.per())
                        + " before it could be broken";
        return number + " (" + sum.total() + (sum.total() == 1 ? " request)" : " requests)") + ", limit "
                + Limits.words(threshold) + few;
    }

    @Override
    public OptionalLong needed() {
        return OptionalLong.of((long) Math.floor(max()) + 1);
    }
}
