package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.LatencyBuckets;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitState;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A limit on the share of bad requests, decided by all that were counted.
 *
 * @param state fed with what each look counted since the one before
 * @param newest all that the newest look counted: fewer requests than the state, where a late sample showed that some were of
 *     before
 */
record LimitJudgement(Threshold threshold, LimitState state, Count newest) implements Judgement {

    LimitJudgement {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(newest, "newest");
    }

    /** @param seen how bursty bad requests were so far; what the threshold itself says of that goes before it */
    static LimitJudgement begin(Threshold threshold, Confidence confidence, Burstiness seen) {
        OptionalDouble known = threshold.judging().burstiness();
        LimitState state = known.isPresent()
                ? LimitState.fresh(limit(threshold), confidence, new Burstiness(known.getAsDouble()))
                : LimitState.fresh(limit(threshold), confidence, seen, Burstiness.USUAL.max(seen));
        return new LimitJudgement(threshold, state, Count.NONE);
    }

    /** The largest share of bad requests that is fine. */
    static double limit(Threshold threshold) {
        return threshold instanceof Latency latency
                ? LatencyBuckets.limitOf(latency.quantile())
                : threshold.judging().bounds().max().getAsDouble();
    }

    @Override
    public LimitJudgement observed(Instant at, Observation observation) {
        return observation
                .counted()
                .map(counted -> new LimitJudgement(
                        threshold, state.plus(counted.judged().since(state.sum())), counted.judged()))
                .orElse(this);
    }

    @Override
    public Decision decision() {
        return isLost() && state.decision() == Decision.HOLDS ? Decision.CONTINUE : state.decision();
    }

    @Override
    public Conclusion conclusion() {
        return isLost() && state.conclusion() == Conclusion.HELD ? Conclusion.UNCLEAR : state.conclusion();
    }

    /** Whether bad requests were counted that the state could not take, since it had taken too many good ones before. */
    private boolean isLost() {
        return newest.possiblyBad() > state.sum().possiblyBad();
    }

    @Override
    public String words() {
        String words = state.words() + (isLost() ? "; but the newest look counted " + newest.words() : "");
        return threshold instanceof Latency latency
                ? "slower than "
                        + latency.unit().format(latency.judging().bounds().max().getAsDouble()) + ": " + words
                : words;
    }

    @Override
    public OptionalLong needed() {
        return OptionalLong.of(state.needed());
    }

    @Override
    public Burstiness burstiness() {
        return state.burstinessOfPass();
    }
}
