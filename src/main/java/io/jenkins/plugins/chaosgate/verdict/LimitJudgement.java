package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
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
 */
record LimitJudgement(Threshold threshold, LimitState state) implements Judgement {

    LimitJudgement {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(state, "state");
    }

    /** @param seen how bursty bad requests were so far; what the threshold itself says of that goes before it */
    static LimitJudgement begin(Threshold threshold, Confidence confidence, Burstiness seen) {
        OptionalDouble known = threshold.judging().burstiness();
        LimitState state = known.isPresent()
                ? LimitState.fresh(limit(threshold), confidence, new Burstiness(known.getAsDouble()))
                : LimitState.fresh(limit(threshold), confidence, seen, Burstiness.USUAL.max(seen));
        return new LimitJudgement(threshold, state);
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
                        threshold, state.plus(counted.judged().since(state.sum()))))
                .orElse(this);
    }

    @Override
    public Decision decision() {
        return state.decision();
    }

    @Override
    public Conclusion conclusion() {
        return state.conclusion();
    }

    @Override
    public String words() {
        return threshold instanceof Latency latency
                ? "slower than "
                        + latency.unit().format(latency.judging().bounds().max().getAsDouble()) + ": " + state.words()
                : state.words();
    }

    @Override
    public OptionalLong needed() {
        return OptionalLong.of(state.needed());
    }
}
