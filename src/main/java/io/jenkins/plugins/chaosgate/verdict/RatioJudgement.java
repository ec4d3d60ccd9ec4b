package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
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
 * @param newestCanary all that the newest look counted of the canary, which may be other than the state has: see {@link #isLost}
 * @param newestStable the same of the stable version
 */
record RatioJudgement(RatioState state, Count newestCanary, Count newestStable) implements Judgement {

    RatioJudgement {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(newestCanary, "newestCanary");
        Objects.requireNonNull(newestStable, "newestStable");
    }

    /** @param seen how bursty bad requests were so far; means nothing where the threshold says what is known */
    static RatioJudgement begin(double maxRatio, OptionalDouble known, Confidence confidence, Burstiness seen) {
        RatioState state = known.isPresent()
                ? RatioState.fresh(maxRatio, confidence, new Burstiness(known.getAsDouble()))
                : RatioState.fresh(maxRatio, confidence, seen, Burstiness.USUAL.max(seen));
        return new RatioJudgement(state, Count.NONE, Count.NONE);
    }

    @Override
    public RatioJudgement observed(Instant at, Observation observation) {
        return observation
                .counted()
                .flatMap(counted -> counted.stable()
                        .map(stable -> new RatioJudgement(
                                state.plus(counted.judged().since(state.canary()), stable.since(state.stable())),
                                counted.judged(),
                                stable)))
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

    /**
     * Whether the canary is worse than the state has it, or the stable version better: of the canary bad requests were counted
     * that the state could not take, or of the stable version it has some that were not.
     */
    private boolean isLost() {
        return newestCanary.possiblyBad() > state.canary().possiblyBad()
                || state.stable().surelyBad() > newestStable.surelyBad();
    }

    @Override
    public String words() {
        return state.words()
                + (isLost()
                        ? "; but the newest look counted " + newestCanary.words() + ", stable " + newestStable.words()
                        : "");
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
