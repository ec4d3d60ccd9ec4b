package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.RatioState;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The canary's share of bad requests beside the stable version's, decided by all that were counted of both.
 *
 * @param state fed with what each look counted since the one before; looks at which one of both had no new requests are
 *     taken together with the next
 */
record RatioJudgement(RatioState state) implements Judgement {

    RatioJudgement {
        Objects.requireNonNull(state, "state");
    }

    /** @param seen how bursty bad requests were so far; means nothing where the threshold says what is known */
    static RatioJudgement begin(double maxRatio, OptionalDouble known, Confidence confidence, Burstiness seen) {
        return new RatioJudgement(
                known.isPresent()
                        ? RatioState.fresh(maxRatio, confidence, new Burstiness(known.getAsDouble()))
                        : RatioState.fresh(maxRatio, confidence, seen, Burstiness.USUAL.max(seen)));
    }

    @Override
    public RatioJudgement observed(Instant at, Observation observation) {
        return observation
                .counted()
                .flatMap(counted -> counted.stable()
                        .map(stable -> new RatioJudgement(
                                state.plus(counted.judged().since(state.canary()), stable.since(state.stable())))))
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
        return state.words();
    }

    @Override
    public OptionalLong needed() {
        return OptionalLong.of(state.needed());
    }
}
