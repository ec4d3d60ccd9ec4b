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
            new Judging(
                    Bounds.atMost(0.01),
                    OptionalDouble.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(1),
                    OptionalLong.empty()));

    private static final ErrorRate BESIDE_STABLE = new ErrorRate(
            "error rate",
            new ServiceName("reviews", "bookinfo"),
            Optional.empty(),
            Duration.ofMinutes(1),
            new Judging(
                    Bounds.NONE,
                    OptionalDouble.of(2),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(1),
                    OptionalLong.empty()));
    private static final Confidence CONFIDENCE = new Confidence(0.01, 0.05);

    private ThresholdState state = ThresholdState.fresh(ERROR_RATE, Instant.EPOCH, CONFIDENCE);

    private void look(int second, long bad, long total) {
        look(second, bad, total, Counted.of(Count.of(bad, total)));
    }

    private void lookBeside(int second, Count canary, Count stable) {
        look(second, canary.surelyBad(), canary.total(), Counted.of(canary).beside(Counted.of(stable)));
    }

    private void look(int second, long bad, long total, Counted counted) {
        Instant at = Instant.EPOCH.plusSeconds(second);
        state = state.observed(
                at,
                new Observation(
                        at,
                        (double) bad / total,
                        OptionalLong.of(total),
                        OptionalDouble.empty(),
                        true,
                        Optional.of(counted)));
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

    @Test
    void failuresOfTheCanaryAreNotLostBesideTheStableVersion() {
        state = ThresholdState.fresh(BESIDE_STABLE, Instant.EPOCH, CONFIDENCE);
        lookBeside(10, Count.of(0, 2000), Count.of(40, 4000));
        assertThat(state.holds()).isTrue();
        lookBeside(20, Count.of(60, 1500), Count.of(40, 4500));
        assertThat(state.holds()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(state.words())
                .contains("but the newest look counted 60 of 1500 requests, stable 40 of 4500 requests");
    }

    @Test
    void failuresThatTheStableVersionDidNotHaveSpeakForNobody() {
        state = ThresholdState.fresh(BESIDE_STABLE, Instant.EPOCH, CONFIDENCE);
        lookBeside(10, Count.of(10, 2000), Count.of(400, 4000));
        assertThat(state.holds()).isTrue();
        lookBeside(20, Count.of(10, 2100), Count.of(0, 4500));
        assertThat(state.holds()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
    }
}
