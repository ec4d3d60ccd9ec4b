package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one threshold has shown so far in one phase, judged sample by sample. Immutable: each look gives a new state.
 *
 * @param since when the phase began to look
 * @param observations how many looks showed a value
 * @param breaches how many of those broke the limits
 * @param last the newest observation; empty while there was none
 * @param lastSeen when that was, by the gate's clock; empty while there was none
 * @param missing why the newest look showed nothing; empty where it did
 */
public record ThresholdState(
        Threshold threshold,
        Instant since,
        int observations,
        int breaches,
        Optional<Observation> last,
        Optional<Instant> lastSeen,
        Optional<String> missing) {

    public ThresholdState {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(since, "since");
    }

    /** Nothing was looked at yet. */
    public static ThresholdState fresh(Threshold threshold, Instant since) {
        return new ThresholdState(threshold, since, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** After a look that showed a value. */
    public ThresholdState observed(Instant at, Observation observation) {
        return new ThresholdState(
                threshold,
                since,
                observations + 1,
                observation.ok() ? breaches : breaches + 1,
                Optional.of(observation),
                Optional.of(at),
                Optional.empty());
    }

    /** After a look that showed nothing. */
    public ThresholdState missed(String why) {
        return new ThresholdState(threshold, since, observations, breaches, last, lastSeen, Optional.of(why));
    }

    /** Whether more observations broke the limits than are allowed to. */
    public boolean isViolated() {
        return breaches > threshold.judging().allowedBreaches();
    }

    /** Whether the newest look showed a value. */
    public boolean isSeen() {
        return last.isPresent() && missing.isEmpty();
    }

    /** Whether the newest look showed a value that keeps the limits. */
    public boolean holdsNow() {
        return isSeen() && last.orElseThrow().ok();
    }

    /** How long there has been nothing to judge. */
    public Duration blindFor(Instant now) {
        return Duration.between(lastSeen.orElse(since), now);
    }

    /** {@code failed requests of reviews: 11 (20 requests), limit at most 10 in 1m}. */
    public String words() {
        String limit = ", limit " + Limits.words(threshold);
        String breached = threshold.judging().allowedBreaches() > 0 && breaches > 0
                ? "; " + breaches + " of " + observations + " observations broke it, "
                        + threshold.judging().allowedBreaches() + " may"
                : "";
        return threshold.title() + ": "
                + last.map(observation -> Limits.words(threshold, observation)).orElse("never seen") + limit + breached;
    }

    /** {@code failed requests of reviews: nothing seen for 30s, no traffic: …}. */
    public String missingWords(Instant now) {
        return threshold.title() + ": nothing seen for " + blindFor(now).toSeconds() + " s, "
                + missing.orElse("not looked at");
    }
}
