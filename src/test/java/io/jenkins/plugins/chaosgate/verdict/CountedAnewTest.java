package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A late sample can show that requests were of before the window: then fewer are counted than before. */
class CountedAnewTest {
    private static final ErrorRate ERROR_RATE = new ErrorRate(
            "error rate",
            new ServiceName("reviews", "bookinfo"),
            Optional.empty(),
            Duration.ofMinutes(1),
            Judging.by(Bounds.atMost(0.01)));

    private ThresholdState state = ThresholdState.fresh(ERROR_RATE, Instant.EPOCH, new Confidence(0.01, 0.05));

    private void look(int second, long bad, long total) {
        Instant at = Instant.EPOCH.plusSeconds(second);
        state = state.observed(
                at,
                new Observation(
                        at,
                        (double) bad / total,
                        OptionalLong.of(total),
                        OptionalDouble.empty(),
                        true,
                        Optional.of(Counted.of(Count.of(bad, total)))));
    }

    @Test
    void failuresAmongFewerRequestsAreNotLost() {
        look(10, 0, 2000);
        assertThat(state.holds()).isTrue();
        look(20, 30, 1500);
        assertThat(state.holds()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(state.words()).contains("but the newest look counted 30 of 1500 requests");
        look(30, 30, 2100);
        assertThat(state.words()).contains("30 of 2100 requests").doesNotContain("newest look");
    }

    @Test
    void fewerRequestsWithoutFailuresAreNoDoubt() {
        look(10, 0, 2000);
        look(20, 0, 1500);
        assertThat(state.holds()).isTrue();
        assertThat(state.conclusion()).isEqualTo(Conclusion.HELD);
    }
}
