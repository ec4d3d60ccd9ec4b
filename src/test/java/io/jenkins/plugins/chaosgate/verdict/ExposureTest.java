package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Only requests that the fault can have met are evidence of standing it. */
class ExposureTest {
    private static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    private static final Instant BEGIN = Instant.EPOCH;

    private static Threshold errorRate(double max) {
        return new ErrorRate(
                "error rate", REVIEWS, Optional.empty(), Duration.ofMinutes(1), Judging.by(Bounds.atMost(max)));
    }

    private static Threshold knownToFailSingly(double max) {
        Judging judging = new Judging(
                Bounds.atMost(max),
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(1),
                OptionalLong.empty());
        return new ErrorRate("error rate", REVIEWS, Optional.empty(), Duration.ofMinutes(1), judging);
    }

    /** A warm-up with so many bad of 1000, then looks each second for a minute that end with these numbers. */
    private static ThresholdState state(Threshold threshold, long usual, long bad, long total, long affected) {
        ThresholdState warm = ThresholdState.fresh(threshold, BEGIN, Confidence.DEFAULT)
                .observed(BEGIN.plusSeconds(10), seen(BEGIN.plusSeconds(10), usual, 1000, OptionalLong.empty()));
        ThresholdState state = warm.next(BEGIN.plusSeconds(10));
        for (int second = 1; second <= 60; second++) {
            Instant now = BEGIN.plusSeconds(10 + second);
            state = state.observed(
                    now, seen(now, bad * second / 60, total * second / 60, OptionalLong.of(affected * second / 60)));
        }
        return state;
    }

    private static Observation seen(Instant at, long bad, long total, OptionalLong affected) {
        Counted counted = Counted.of(Count.of(bad, total)).within(new FailedInAnyWindow(bad, bad));
        return new Observation(
                at,
                (double) bad / Math.max(1, total),
                OptionalLong.of(total),
                OptionalDouble.empty(),
                true,
                Optional.of(counted.affecting(affected)));
    }

    @Test
    void whatTheLimitForgivesAnywayIsNoEvidence() {
        ThresholdState state = state(errorRate(0.05), 0, 8, 1200, 8);
        assertThat(state.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(state.holds()).isFalse();
        assertThat(state.words()).contains("the fault met at most 8 of 1200 requests", "would forgive 60");
    }

    @Test
    void enoughAffectedRequestsWithoutFailuresAre() {
        assertThat(state(errorRate(0.05), 0, 0, 1200, 400).conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(state(errorRate(0.05), 0, 0, 1200, 800).holds()).isTrue();
    }

    @Test
    void theyMayFailTenAtATime() {
        assertThat(state(errorRate(0.05), 0, 0, 1200, 730).holds()).isFalse();
        assertThat(state(knownToFailSingly(0.05), 0, 0, 1200, 80).holds()).isTrue();
        assertThat(state(knownToFailSingly(0.05), 0, 0, 1200, 70).holds()).isFalse();
    }

    @Test
    void howOftenTheOthersFailIsNotCertainEnoughToPassEarly() {
        ThresholdState state = state(knownToFailSingly(0.05), 30, 20, 1200, 300);
        assertThat(state.conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(state.holds()).isFalse();
    }

    @Test
    void allFailuresBeyondTheUsualMayBeTheAffectedOnes() {
        ThresholdState state = state(errorRate(0.05), 0, 40, 1200, 200);
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(state.holds()).isFalse();
        assertThat(state.words()).contains("of which up to 40 were bad");
        assertThat(state(errorRate(0.05), 30, 36, 1200, 200).conclusion())
                .as("3 % fail always")
                .isEqualTo(Conclusion.HELD);
    }

    @Test
    void whereTheFaultMeetsEveryRequestNothingChanges() {
        assertThat(state(errorRate(0.05), 0, 24, 1200, 1200).conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(state(errorRate(0.05), 0, 24, 1200, 5000).words()).doesNotContain("the fault met");
    }

    @Test
    void aNumberOfFailuresForgivesThatManyInEachOfItsWindows() {
        Threshold threshold = new FailedRequests(
                "failed", REVIEWS, Optional.empty(), Duration.ofSeconds(30), Judging.by(Bounds.atMost(10)));
        assertThat(state(threshold, 0, 8, 1200, 20).conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(state(threshold, 0, 8, 1200, 60).conclusion()).isEqualTo(Conclusion.HELD);
    }

    private static Optional<Exposure> exposure(Threshold threshold, Counted counted, Count before) {
        return Exposure.of(threshold, counted, before, Duration.ofSeconds(30));
    }

    private static Counted affected(long bad, long total, long affected) {
        return Counted.of(Count.of(bad, total)).affecting(OptionalLong.of(affected));
    }

    @Test
    void asManyAsTheLimitForgivesAreTooFewAndOneMoreIsEnough() {
        assertThat(exposure(errorRate(0.05), affected(0, 1200, 60), Count.NONE)
                        .orElseThrow()
                        .isTooLittle())
                .isTrue();
        assertThat(exposure(errorRate(0.05), affected(0, 1200, 61), Count.NONE)
                        .orElseThrow()
                        .isTooLittle())
                .isFalse();
    }

    @Test
    void asManyBadOnesAsTheLimitAllowsAmongTheAffectedKeepIt() {
        assertThat(exposure(errorRate(0.05), affected(10, 1200, 200), Count.NONE)
                        .orElseThrow()
                        .keepsLimit())
                .isTrue();
        assertThat(exposure(errorRate(0.05), affected(11, 1200, 200), Count.NONE)
                        .orElseThrow()
                        .keepsLimit())
                .isFalse();
    }

    @Test
    void aSureKeepingNeedsMoreThanKeeping() {
        Exposure atTheLimit =
                exposure(errorRate(0.05), affected(10, 1200, 200), Count.NONE).orElseThrow();
        assertThat(atTheLimit.surelyKeepsLimit(0.05, Burstiness.NONE)).isFalse();
        Exposure without =
                exposure(errorRate(0.05), affected(0, 1200, 200), Count.NONE).orElseThrow();
        assertThat(without.surelyKeepsLimit(0.05, Burstiness.NONE)).isTrue();
        assertThat(without.surelyKeepsLimit(0.05, Burstiness.USUAL))
                .as("200 that may come in batches of ten are as good as 20")
                .isFalse();
        Exposure noneMayFail =
                exposure(errorRate(0), affected(0, 1200, 200), Count.NONE).orElseThrow();
        assertThat(noneMayFail.surelyKeepsLimit(0.05, Burstiness.NONE))
                .as("nobody is sure of never")
                .isFalse();
    }

    @Test
    void onlyWhatFailsMoreThanUsualIsTheAffectedRequests() {
        Exposure usualOne = exposure(errorRate(0.05), affected(30, 1200, 200), Count.of(10, 500))
                .orElseThrow();
        assertThat(usualOne.bad())
                .as("2 % of 1000 that the fault missed fail always")
                .isEqualTo(10);
        assertThat(exposure(errorRate(0.05), affected(300, 1200, 200), Count.NONE)
                        .orElseThrow()
                        .bad())
                .as("never more than there are")
                .isEqualTo(200);
    }

    @Test
    void besideTheStableVersionTheLimitIsAsManyTimesItsShare() {
        Threshold twice = new ErrorRate(
                "error rate",
                REVIEWS,
                Optional.empty(),
                Duration.ofMinutes(1),
                new Judging(Bounds.NONE, OptionalDouble.of(2), 0));
        Counted counted = affected(0, 1000, 100);
        assertThat(exposure(twice, counted, Count.NONE)).as("no share is known").isEmpty();
        assertThat(exposure(twice, counted.beside(Counted.of(Count.of(10, 500))), Count.NONE)
                        .orElseThrow()
                        .forgiven())
                .isEqualTo(40);
        assertThat(exposure(twice, counted.beside(Counted.of(Count.NONE)), Count.NONE)
                        .orElseThrow()
                        .forgiven())
                .isZero();
    }

    @Test
    void requestsThatNoPodAnsweredAreAmongAll() {
        Traffic came = new Traffic(1500, OptionalLong.empty(), BEGIN, Optional.empty());
        assertThat(exposure(errorRate(0.05), affected(0, 1200, 1200).of(came), Count.NONE)
                        .orElseThrow()
                        .requests())
                .isEqualTo(1500);
    }
}
