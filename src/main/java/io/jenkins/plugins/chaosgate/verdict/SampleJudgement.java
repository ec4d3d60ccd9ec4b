package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every sample for itself: violated when more of them broke the limits than may, and did so for as long as they must. Never
 * holds early, since nothing is known of the values between samples, or of those to come. And it never holds on fewer requests, or
 * where no requests are counted on fewer observations, than could have shown anything.
 *
 * @param observations how many there were
 * @param breaches how many of them broke the limits
 * @param brokenSince when the first of the newest observations was seen that all broke the limits; empty where the newest
 *     one did not
 * @param brokenFor how long that was ago at the newest one
 * @param violated whether it ever was
 * @param requests how many requests lie behind the observations, none counted twice
 * @param last the newest one; empty before the first
 */
record SampleJudgement(
        Threshold threshold,
        int observations,
        int breaches,
        Optional<Instant> brokenSince,
        Duration brokenFor,
        boolean violated,
        SampledRequests requests,
        Optional<Observation> last)
        implements Judgement {

    SampleJudgement {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(requests, "requests");
    }

    static SampleJudgement begin(Threshold threshold) {
        return new SampleJudgement(
                threshold, 0, 0, Optional.empty(), Duration.ZERO, false, SampledRequests.NONE, Optional.empty());
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
                threshold,
                observations + 1,
                broken,
                begin,
                lasted,
                violated || tooLong,
                requests.plus(threshold, observation),
                Optional.of(observation));
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
        boolean begunToBreak =
                brokenSince.isPresent() && breaches > threshold.judging().allowedBreaches();
        if (begunToBreak) {
            return Conclusion.UNCLEAR;
        }
        return isEnough() ? Conclusion.HELD : Conclusion.TOO_LITTLE;
    }

    private boolean isEnough() {
        OptionalLong needed = needed();
        return needed.isPresent()
                ? observations > 0 && requests.number() >= needed.getAsLong()
                : observations >= SampledRequests.OBSERVATIONS;
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
                + Limits.words(threshold) + often + lasted + few();
    }

    private String few() {
        if (conclusion() != Conclusion.TOO_LITTLE) {
            return "";
        }
        OptionalLong needed = needed();
        return needed.isPresent()
                ? "; " + needed.getAsLong() + " requests needed before it is kept, " + requests.number() + " counted"
                : "; " + SampledRequests.OBSERVATIONS + " observations needed before it is kept, " + observations
                        + " made";
    }

    @Override
    public OptionalLong needed() {
        return SampledRequests.needed(threshold);
    }

    @Override
    public Burstiness burstiness() {
        return Burstiness.NONE;
    }
}
