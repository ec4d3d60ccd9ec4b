package io.jenkins.plugins.chaosgate.verdict.simulation;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitState;
import java.util.List;
import java.util.Optional;

/**
 * Our own rule: {@link LimitState}, fed as a gate feeds it.
 *
 * @param limit the largest share of bad requests that is fine, above 0 and below 1
 * @param known the burstiness, if it is known; empty means estimated from the warm-up
 */
public record LimitRule(String name, double limit, Confidence confidence, Optional<Burstiness> known) implements Rule {

    @Override
    public Judge begin(List<Count> warmup) {
        Burstiness seen = Burstiness.of(warmup);
        return new OneGate(known.map(phi -> LimitState.fresh(limit, confidence, phi))
                .orElseGet(() -> LimitState.fresh(limit, confidence, seen, Burstiness.USUAL.max(seen))));
    }

    private static final class OneGate implements Judge {
        private LimitState state;

        OneGate(LimitState fresh) {
            this.state = fresh;
        }

        @Override
        public Decision look(Count poll) {
            state = state.plus(poll);
            return state.decision();
        }

        @Override
        public boolean isInconclusiveAtEnd() {
            return state.conclusion() != Conclusion.HELD;
        }
    }
}
