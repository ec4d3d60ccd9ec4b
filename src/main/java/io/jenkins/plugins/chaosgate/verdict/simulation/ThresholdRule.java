package io.jenkins.plugins.chaosgate.verdict.simulation;

import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.ThresholdState;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A threshold of an experiment, decided by the very state that a gate folds its observations into.
 *
 * @param threshold one that is decided by counts
 * @param watch how often is looked, and how certain is certain
 */
public record ThresholdRule(Threshold threshold, Watch watch) implements Rule {

    @Override
    public String name() {
        return threshold.title();
    }

    @Override
    public Judge begin(List<Count> warmup) {
        return begin(warmup, Collections.nCopies(warmup.size(), Count.NONE));
    }

    @Override
    public Judge begin(List<Count> warmup, List<Count> stable) {
        Confidence confidence = new Confidence(watch.alpha(), watch.beta());
        OneGate before = new OneGate(ThresholdState.fresh(threshold, Instant.EPOCH, confidence), Instant.EPOCH);
        for (int i = 0; i < warmup.size(); i++) {
            before.look(warmup.get(i), stable.get(i));
        }
        return new OneGate(before.state.next(before.now), before.now);
    }

    private final class OneGate implements Judge {
        private final List<Increment> failures = new ArrayList<>();
        private ThresholdState state;
        private Instant now;
        private Count sum = Count.NONE;
        private Count stable = Count.NONE;

        OneGate(ThresholdState state, Instant now) {
            this.state = state;
            this.now = now;
        }

        @Override
        public Decision look(Count poll) {
            return look(poll, Count.NONE);
        }

        @Override
        public Decision look(Count poll, Count ofStable) {
            Instant last = now;
            now = last.plus(watch.interval());
            sum = sum.plus(poll);
            stable = stable.plus(ofStable);
            Counted counted = Counted.of(sum);
            if (threshold instanceof FailedRequests failed) {
                failures.add(new Increment(last, now, poll.surelyBad()));
                counted = counted.within(FailedInAnyWindow.of(failures, failed.per()));
            }
            boolean compares = threshold.judging().maxRatio().isPresent();
            if (compares) {
                counted = counted.beside(Counted.of(stable));
            }
            if (sum.total() > 0 && (!compares || stable.total() > 0)) {
                state = state.observed(now, observation(counted));
            }
            return state.isViolated() ? Decision.VIOLATED : state.holds() ? Decision.HOLDS : Decision.CONTINUE;
        }

        private Observation observation(Counted counted) {
            double share = (double) sum.surelyBad() / sum.total();
            return new Observation(
                    now, share, OptionalLong.of(sum.total()), OptionalDouble.empty(), true, Optional.of(counted));
        }

        @Override
        public boolean isInconclusiveAtEnd() {
            return state.conclusion() != Conclusion.HELD;
        }
    }
}
