package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every sample for itself: violated when more of them broke the limits than may, and did so for as long as they must. Never
 * holds early, since nothing is known of the values between samples, or of those to come.
 *
 * @param observations how many there were
 * @param breaches how many of them broke the limits
 * @param brokenSince when the first of the newest observations was seen that all broke the limits; empty where the newest
 *     one did not
 * @param brokenFor how long that was ago at the newest one
 * @param violated whether it ever was
 * @param last the newest one; empty before the first
 */
record SampleJudgement(
        Threshold threshold,
        int observations,
        int breaches,
        Optional<Instant> brokenSince,
        Duration brokenFor,
        boolean violated,
        Optional<Observation> last)
        implements Judgement {

    SampleJudgement {
        Objects.requireNonNull(threshold, "threshold");
    }

    static SampleJudgement begin(Threshold threshold) {
        return new SampleJudgement(threshold, 0, 0, Optional.empty(), Duration.ZERO, false, Optional.empty());
    }

    @Override
    public SampleJudgement observed(Instant at, Observation observation) {
        Judging judging = threshold.judging();
        int broken = observation.ok() ? breaches : breaches + 1;
        Optional<Instant> begin = observation.ok() ? Optional.empty() : Optional.of(brokenSince.orElse(at));
        Duration lasted = begin.map(first -> Duration.between(first, at)).orElse(Duration.ZERO);
        boolean tooLong = begin.isPresent()
                && lasted.compareTo(judging.lasting().orElse(Duration.ZERO)) >= 0
                && broken > judging.allowedBreaches();
        return new SampleJudgement(
                threshold, observations + 1, broken, begin, lasted, violated || tooLong, Optional.of(observation));
    }

    @Override
    public Decision decision() {
        return violated ? Decision.VIOLATED : Decision.CONTINUE;
    }

    @Override
    public Conclusion conclusion() {
        if (violated) {
            return Conclusion.VIOLATED;
        }
        if (observations == 0) {
            return Conclusion.TOO_LITTLE;
        }
        boolean begunToBreak =
                brokenSince.isPresent() && breaches > threshold.judging().allowedBreaches();
        return begunToBreak ? Conclusion.UNCLEAR : Conclusion.HELD;
    }

    @Override
    public String words() {
        int allowed = threshold.judging().allowedBreaches();
        String often = allowed > 0 && breaches > 0
                ? "; " + breaches + " of " + observations + " observations broke it, " + allowed + " may"
                : "";
        String lasted = threshold.judging().lasting().isPresent() && brokenSince.isPresent()
                ? "; broken for " + Units.duration(brokenFor) + ", less than "
                        + Units.duration(threshold.judging().lasting().get()) + " may be"
                : "";
        return last.map(observation -> Limits.words(threshold, observation)).orElse("never seen") + ", limit "
                + Limits.words(threshold) + often + lasted;
    }

    @Override
    public OptionalLong needed() {
        return OptionalLong.empty();
    }
}
