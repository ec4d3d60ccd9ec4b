package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.Dispersion;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitTest;
import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one threshold has shown so far in one phase: a pure fold over its observations. Immutable: each look gives a new
 * state.
 *
 * @param since when the phase began to look
 * @param judgement what the observations come to
 * @param before what was counted in the phase before
 * @param traffic whether the requests still come
 * @param judged how bursty bad requests were among those that are judged
 * @param stable how bursty they were among the stable version's
 * @param last the newest observation; empty while there was none
 * @param lastSeen when something new was last seen, by the gate's clock; empty while nothing was
 * @param missing why the newest look showed nothing; empty where it did
 */
public record ThresholdState(
        Threshold threshold,
        Instant since,
        Confidence confidence,
        Judgement judgement,
        Count before,
        TrafficState traffic,
        Dispersion judged,
        Dispersion stable,
        Optional<Observation> last,
        Optional<Instant> lastSeen,
        Optional<String> missing) {

    public ThresholdState {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(judgement, "judgement");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(traffic, "traffic");
    }

    /** Nothing was looked at yet, and nothing is known but what the threshold says. */
    public static ThresholdState fresh(Threshold threshold, Instant since, Confidence confidence) {
        return begin(threshold, since, confidence, Burstiness.NONE, Count.NONE, TrafficState.fresh(since));
    }

    /** Nothing was looked at yet in the phase that follows this one; how bursty bad requests are is taken over. */
    public ThresholdState next(Instant begin) {
        return next(begin, begin, TrafficTest.LEAST);
    }

    /**
     * The same where the fault itself may make callers send fewer requests.
     *
     * @param countFrom since when requests are counted; not after {@code begin}
     * @param leastTraffic the share of the requests before below which the traffic has collapsed; above 0 and below 1
     */
    public ThresholdState next(Instant begin, Instant countFrom, double leastTraffic) {
        return begin(
                threshold,
                begin,
                confidence,
                judged.ofSteadyShare().max(stable.ofSteadyShare()),
                judged.sum(),
                traffic.next(countFrom, leastTraffic, confidence));
    }

    private static ThresholdState begin(
            Threshold threshold,
            Instant since,
            Confidence confidence,
            Burstiness seen,
            Count before,
            TrafficState traffic) {
        return new ThresholdState(
                threshold,
                since,
                confidence,
                Judgement.begin(threshold, since, confidence, seen),
                before,
                traffic,
                Dispersion.NONE,
                Dispersion.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** After a look that showed a value, or else why it did not. */
    public ThresholdState after(Instant at, Optional<Observation> observation, Optional<String> missing) {
        return observation.map(seen -> observed(at, seen)).orElseGet(() -> missed(missing.orElse("not looked at")));
    }

    /** After a look that showed a value. */
    public ThresholdState observed(Instant at, Observation observation) {
        Optional<Counted> counted = observation.counted();
        Count canary = counted.map(Counted::judged).orElse(Count.NONE).since(judged.sum());
        Count other = counted.flatMap(Counted::stable).orElse(Count.NONE).since(stable.sum());
        return new ThresholdState(
                threshold,
                since,
                confidence,
                judgement.observed(at, observation),
                before,
                traffic.observed(observation),
                judged.plus(canary),
                stable.plus(other),
                Optional.of(observation),
                showsMore(observation, canary) ? Optional.of(at) : lastSeen,
                Optional.empty());
    }

    /** Whether there are more requests than at the look before; what is not about requests is new each time. */
    private boolean showsMore(Observation observation, Count more) {
        Optional<Counted> counted = observation.counted();
        if (counted.isEmpty()) {
            return true;
        }
        Optional<Instant> newest = newest(observation);
        Optional<Instant> known = last.flatMap(ThresholdState::newest);
        return counted.get().traffic().isPresent()
                ? newest.isPresent() && known.map(newest.get()::isAfter).orElse(true)
                : more.total() > 0;
    }

    private static Optional<Instant> newest(Observation observation) {
        return observation.counted().flatMap(Counted::traffic).flatMap(Traffic::newest);
    }

    /** After a look that showed nothing. */
    public ThresholdState missed(String why) {
        return new ThresholdState(
                threshold,
                since,
                confidence,
                judgement,
                before,
                traffic,
                judged,
                stable,
                last,
                lastSeen,
                Optional.of(why));
    }

    /** Whether the limits are broken, as certainly as that is asked for. */
    public boolean isViolated() {
        return judgement.decision() == Decision.VIOLATED;
    }

    /** Whether the limits are kept, as certainly as that is asked for. */
    public boolean holds() {
        return judgement.decision() == Decision.HOLDS
                && exposure().map(this::surelyHolds).orElse(true);
    }

    /** Beside the stable version the limit itself is an estimate: nothing about a part of the requests is certain early. */
    private boolean surelyHolds(Exposure some) {
        return !some.isTooLittle()
                && threshold.judging().maxRatio().isEmpty()
                && some.surelyKeepsLimit(confidence.beta(), judgement.burstiness());
    }

    /** What can be said if nobody looks again. */
    public Conclusion conclusion() {
        Conclusion all = judgement.conclusion();
        if (all != Conclusion.HELD || exposure().isEmpty()) {
            return all;
        }
        Exposure affected = exposure().get();
        if (affected.isTooLittle()) {
            return Conclusion.TOO_LITTLE;
        }
        return affected.keepsLimit() ? Conclusion.HELD : Conclusion.UNCLEAR;
    }

    /** That the requests went elsewhere, or nowhere, in words and numbers; empty where they did not. */
    public Optional<String> lostTraffic() {
        return traffic.wentElsewhere()
                ? Optional.of(threshold.title() + ": its requests went elsewhere: " + traffic.words())
                : Optional.empty();
    }

    /** That far fewer requests come than before, for all that is known because fewer are made; empty where they do not. */
    public Optional<String> dryTraffic() {
        return traffic.ranDry()
                ? Optional.of(threshold.title() + ": far fewer requests came: " + traffic.words())
                : Optional.empty();
    }

    /** Whose requests the fault met, where it did not meet all of them. */
    private Optional<Exposure> exposure() {
        return last.flatMap(newest -> newest.counted()
                .flatMap(counted -> Exposure.of(threshold, counted, before, Duration.between(since, newest.time()))));
    }

    /** Whether the look at that time showed requests that were not counted before. */
    public boolean isFreshAt(Instant look) {
        return lastSeen.filter(look::equals).isPresent();
    }

    /** Whether the newest look showed a value. */
    public boolean isSeen() {
        return last.isPresent() && missing.isEmpty();
    }

    /** Whether all requests up to a time are counted, where they are counted at all. */
    public boolean reaches(Instant time) {
        return last.filter(newest -> newest.counted().isPresent())
                .map(newest -> !newest.time().isBefore(time))
                .orElse(true);
    }

    /** Whether the newest look showed a value that keeps the limits. */
    public boolean holdsNow() {
        return isSeen() && last.orElseThrow().ok();
    }

    /**
     * Whether the newest look showed nothing that speaks against the limits, as certainly as that is asked for. A single look cannot tell
     * bursts from a canary that fails: so they are not allowed for here.
     */
    public boolean isUnbroken() {
        boolean counted = Decide.of(threshold) == Decide.SEQUENTIAL;
        return holdsNow() || counted && isSeen() && !isViolated() && !isSurelyAbove();
    }

    private boolean isSurelyAbove() {
        boolean isShare = threshold instanceof ErrorRate || threshold instanceof Latency;
        if (!isShare || threshold.judging().bounds().max().isEmpty()) {
            return false;
        }
        LimitTest test = new LimitTest(LimitJudgement.limit(threshold));
        return last.flatMap(Observation::counted)
                .map(Counted::judged)
                .filter(count -> test.isCertainlyAbove(count.surelyBad(), count.total(), confidence.alpha()))
                .isPresent();
    }

    /** How many of the requests that are judged came each second; empty where none were counted. */
    public Optional<Double> perSecond() {
        double seconds = last.map(
                        newest -> Duration.between(since, newest.time()).toMillis() / 1000.0)
                .orElse(0.0);
        return seconds > 0 && judged.sum().total() > 0
                ? Optional.of(judged.sum().total() / seconds)
                : Optional.empty();
    }

    /** How long there has been nothing new to judge: no answer, or not one more request. */
    public Duration blindFor(Instant now) {
        return Duration.between(lastSeen.orElse(since), now);
    }

    /** What the observations come to beside the limit, in words and numbers; empty before the first. */
    public Optional<String> standing() {
        return last.map(newest -> judgement.words());
    }

    /** {@code error rate of reviews: 7.91 % (31 of 392 requests), limit 1 %, certain at 99 %}. */
    public String words() {
        return threshold.title() + ": "
                + (last.isPresent() ? judgement.words() : "never seen, limit " + Limits.words(threshold))
                + last.flatMap(Observation::counted)
                        .flatMap(Counted::unanswered)
                        .map(unanswered -> "; " + unanswered.words())
                        .orElse("")
                + exposure()
                        .filter(some -> some.isTooLittle() || !some.keepsLimit())
                        .map(some -> "; " + some.words())
                        .orElse("");
    }

    /** {@code failed requests of reviews: nothing seen for 30s, no traffic: …}. */
    public String missingWords(Instant now) {
        return threshold.title() + ": nothing seen for " + blindFor(now).toSeconds() + " s, "
                + missing.orElse(last.isPresent() ? "not one more request was counted" : "not looked at");
    }
}
