package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** At most 5 % may fail, and at most three times as many as of the stable version: the worse of both decides. */
class JointJudgementTest {
    private static final Instant BEGIN = Instant.EPOCH;
    private static final Threshold BOTH = new ErrorRate(
            "error rate",
            new ServiceName("reviews", "bookinfo"),
            Optional.empty(),
            Duration.ofMinutes(1),
            new Judging(Bounds.atMost(0.05), OptionalDouble.of(3), 0));

    /** A hundred looks, each with a hundred requests of each version, of which so many failed. */
    private static ThresholdState state(long failed, long failedOfStable) {
        ThresholdState state = ThresholdState.fresh(BOTH, BEGIN, Confidence.DEFAULT);
        for (int look = 1; look <= 100; look++) {
            Instant now = BEGIN.plusSeconds(look);
            Counted counted = Counted.of(Count.of(failed * look, 100L * look))
                    .beside(Counted.of(Count.of(failedOfStable * look, 100L * look)));
            state = state.observed(
                    now,
                    new Observation(
                            now,
                            failed / 100.0,
                            OptionalLong.of(100L * look),
                            OptionalDouble.of(failedOfStable / 100.0),
                            true,
                            Optional.of(counted)));
        }
        return state;
    }

    @Test
    void bothKeptIsHeld() {
        ThresholdState state = state(1, 4);
        assertThat(state.holds()).isTrue();
        assertThat(state.isViolated()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(state.words()).contains("; and ");
    }

    @Test
    void aBrokenLimitIsAViolationThoughTheStableVersionFailsAsOften() {
        ThresholdState state = state(20, 20);
        assertThat(state.isViolated()).isTrue();
        assertThat(state.conclusion()).isEqualTo(Conclusion.VIOLATED);
    }

    @Test
    void failingFarMoreThanTheStableVersionIsAViolationThoughTheLimitIsKept() {
        ThresholdState state = state(3, 0);
        assertThat(state.isViolated()).isTrue();
        assertThat(state.holds()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.VIOLATED);
    }

    @Test
    void beforeAnyLookNeitherIsDecided() {
        ThresholdState state = ThresholdState.fresh(BOTH, BEGIN, Confidence.DEFAULT);
        assertThat(state.holds()).isFalse();
        assertThat(state.isViolated()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
    }
}
