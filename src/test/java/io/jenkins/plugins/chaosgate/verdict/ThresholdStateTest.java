package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
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

class ThresholdStateTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PromQl THRESHOLD =
            new PromQl("queue depth", "q", new Judging(Bounds.atMost(100), OptionalDouble.empty(), 1));

    private static Observation observation(double value, boolean ok) {
        return new Observation(START, value, OptionalLong.empty(), OptionalDouble.empty(), ok);
    }

    @Test
    void isViolatedByOneBreachMoreThanAllowed() {
        ThresholdState once =
                ThresholdState.fresh(THRESHOLD, START, Confidence.DEFAULT).observed(START, observation(101, false));
        assertThat(once.isViolated()).isFalse();
        assertThat(once.observed(START, observation(50, true)).isViolated()).isFalse();
        assertThat(once.observed(START, observation(102, false)).isViolated()).isTrue();
        assertThat(once.observed(START, observation(102, false)).words())
                .isEqualTo("queue depth: 102, limit at most 100; 2 of 2 observations broke it, 1 may");
    }

    @Test
    void isBlindSinceItsLastValueOrSinceTheBeginning() {
        ThresholdState fresh = ThresholdState.fresh(THRESHOLD, START, Confidence.DEFAULT);
        assertThat(fresh.blindFor(START.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(fresh.isSeen()).isFalse();
        ThresholdState seen = fresh.observed(START.plusSeconds(5), observation(1, true));
        assertThat(seen.isSeen()).isTrue();
        ThresholdState gone = seen.missed("stale data");
        assertThat(gone.isSeen()).isFalse();
        assertThat(gone.holdsNow()).isFalse();
        assertThat(gone.blindFor(START.plusSeconds(7))).isEqualTo(Duration.ofSeconds(2));
        assertThat(gone.missingWords(START.plusSeconds(7))).isEqualTo("queue depth: nothing seen for 2 s, stale data");
        assertThat(gone.observed(START.plusSeconds(8), observation(1, true)).holdsNow())
                .isTrue();
    }

    @Test
    void aMissIsNeitherABreachNorAnObservation() {
        ThresholdState state = ThresholdState.fresh(THRESHOLD, START, Confidence.DEFAULT)
                .missed("x")
                .missed("y");
        assertThat(state.isViolated()).isFalse();
        assertThat(state.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(state.words()).isEqualTo("queue depth: never seen, limit at most 100");
    }

    @Test
    void nanIsNoObservation() {
        assertThatThrownBy(() -> observation(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ThresholdState fresh(Threshold threshold) {
        return ThresholdState.fresh(threshold, START, Confidence.DEFAULT);
    }

    private static Judging judging(OptionalDouble max, OptionalDouble maxRatio, OptionalDouble burstiness) {
        return new Judging(
                new Bounds(OptionalDouble.empty(), max),
                maxRatio,
                0,
                Optional.empty(),
                Optional.empty(),
                burstiness,
                OptionalLong.empty());
    }

    private static ErrorRate errorRate(Judging judging) {
        return new ErrorRate(
                "error rate of reviews",
                new ServiceName("reviews", "bookinfo"),
                Optional.empty(),
                Duration.ofMinutes(1),
                judging);
    }

    private static FailedRequests failedRequests(double max) {
        return new FailedRequests(
                "failed requests",
                new ServiceName("reviews", "bookinfo"),
                Optional.empty(),
                Duration.ofMinutes(1),
                Judging.by(Bounds.atMost(max)));
    }

    private static Observation counted(int second, Counted counted) {
        return new Observation(
                START.plusSeconds(second),
                (double) counted.judged().surelyBad()
                        / Math.max(1, counted.judged().total()),
                OptionalLong.of(counted.judged().total()),
                OptionalDouble.empty(),
                true,
                Optional.of(counted));
    }

    private static ThresholdState after(ThresholdState state, int second, Counted counted) {
        return state.observed(START.plusSeconds(second), counted(second, counted));
    }

    private static Counted both(Count canary, Count stable) {
        return Counted.of(canary).beside(Counted.of(stable));
    }

    private static Counted failed(long certain, long possible, long total) {
        return Counted.of(Count.of(certain, total)).within(new FailedInAnyWindow(certain, possible));
    }

    @Test
    void anErrorRateIsDecidedByAllThatWasCounted() {
        ThresholdState state = fresh(errorRate(Judging.by(Bounds.atMost(0.01))));
        ThresholdState few = after(state, 5, Counted.of(Count.of(2, 50)));
        assertThat(few.isViolated()).as("4 % of 50 may be chance").isFalse();
        assertThat(few.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(few.words())
                .isEqualTo("error rate of reviews: 4 % (2 of 50 requests), limit 1 %, 299 needed to show it at 95 %");
        ThresholdState certain = after(after(few, 10, Counted.of(Count.of(5, 100))), 15, Counted.of(Count.of(8, 150)));
        certain = after(certain, 20, Counted.of(Count.of(11, 200)));
        assertThat(certain.isViolated()).isTrue();
        assertThat(certain.words())
                .isEqualTo("error rate of reviews: 5.5 % (11 of 200 requests), limit 1 %, certain at 99 %");
        ThresholdState held =
                after(fresh(errorRate(Judging.by(Bounds.atMost(0.01)))), 40, Counted.of(Count.of(0, 400)));
        assertThat(held.holds()).as("bad ones may come ten at a time").isFalse();
        assertThat(after(held, 400, Counted.of(Count.of(0, 4_000))).holds()).isTrue();
        assertThat(held.conclusion()).isEqualTo(Conclusion.HELD);
    }

    @Test
    void theSameLookTwiceCountsOnce() {
        ThresholdState once = after(fresh(errorRate(Judging.by(Bounds.atMost(0.01)))), 5, Counted.of(Count.of(3, 50)));
        ThresholdState twice = after(once, 10, Counted.of(Count.of(3, 50)));
        assertThat(twice.words()).isEqualTo(once.words());
        assertThat(twice.blindFor(START.plusSeconds(12)))
                .as("not one more request")
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(twice.missingWords(START.plusSeconds(12))).contains("not one more request");
    }

    @Test
    void burstsSeenBeforeTheFaultAreTakenOver() {
        ErrorRate threshold = errorRate(Judging.by(Bounds.atMost(0.1)));
        ThresholdState warmUp = fresh(threshold);
        long bad = 0;
        for (int i = 1; i <= 40; i++) {
            bad += i % 5 == 0 ? 15 : 0;
            warmUp = after(warmUp, i, Counted.of(Count.of(bad, 50L * i)));
        }
        Counted much = Counted.of(Count.of(22, 50));
        Counted more = Counted.of(Count.of(44, 100));
        assertThat(after(after(fresh(threshold), 1, much), 2, more).isViolated())
                .isTrue();
        assertThat(after(after(warmUp.next(START), 1, much), 2, more).isViolated())
                .isFalse();
        ErrorRate known = errorRate(judging(OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.of(30)));
        assertThat(after(after(fresh(known), 1, much), 2, more).isViolated()).isFalse();
    }

    @Test
    void theCanaryIsComparedWithTheStableVersionOverTheSameTime() {
        ErrorRate threshold =
                errorRate(judging(OptionalDouble.empty(), OptionalDouble.of(1.5), OptionalDouble.empty()));
        ThresholdState alike = fresh(threshold);
        ThresholdState worse = fresh(threshold);
        for (int i = 1; i <= 10; i++) {
            alike = after(alike, i, both(Count.of(10 * i, 100 * i), Count.of(90 * i, 900 * i)));
            worse = after(worse, i, both(Count.of(10 * i, 100 * i), Count.of(9 * i, 900 * i)));
        }
        assertThat(alike.isViolated()).isFalse();
        assertThat(worse.isViolated()).isTrue();
        assertThat(worse.words())
                .isEqualTo("error rate of reviews: 10 % (100 of 1000 requests), stable 1 % (90 of 9000 requests),"
                        + " limit 1.5 × stable, certain at 99 %");
    }

    @Test
    void aLookWithoutRequestsOfOneArmIsTakenTogetherWithTheNext() {
        ErrorRate threshold =
                errorRate(judging(OptionalDouble.empty(), OptionalDouble.of(1.5), OptionalDouble.empty()));
        ThresholdState gap = after(fresh(threshold), 1, both(Count.of(40, 100), Count.NONE));
        assertThat(gap.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        ThresholdState both = gap;
        for (int i = 1; i <= 5; i++) {
            both = after(both, 1 + i, both(Count.of(80 * i, 200 * i), Count.of(1, 200 * i)));
        }
        assertThat(both.words()).contains("400 of 1000", "1 of 1000", "certain at 99 %");
    }

    @Test
    void bothLimitsOfAThresholdMustBeKept() {
        ErrorRate threshold =
                errorRate(judging(OptionalDouble.of(0.5), OptionalDouble.of(1.5), OptionalDouble.empty()));
        ThresholdState state = fresh(threshold);
        for (int i = 1; i <= 10; i++) {
            state = after(state, i, both(Count.of(10 * i, 100 * i), Count.of(i, 100 * i)));
        }
        assertThat(state.isViolated()).as("ten times the stable version's").isTrue();
        assertThat(state.words()).contains("limit 50 %", "; and 10 % (100 of 1000 requests), stable 1 %");
        ThresholdState fine = after(fresh(threshold), 1, both(Count.of(20, 1000), Count.of(20, 1000)));
        assertThat(fine.conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(fine.holds()).as("the ratio is not certain yet").isFalse();
    }

    @Test
    void failedRequestsAreCountedToTheLetter() {
        ThresholdState ten = after(fresh(failedRequests(10)), 2, failed(10, 10, 40));
        assertThat(ten.isViolated()).isFalse();
        assertThat(ten.conclusion()).isEqualTo(Conclusion.HELD);
        ThresholdState eleven = after(ten, 3, failed(11, 11, 60));
        assertThat(eleven.isViolated()).isTrue();
        assertThat(eleven.words()).isEqualTo("failed requests: 11 (60 requests), limit at most 10 in 1m");
        assertThat(after(eleven, 9, failed(2, 2, 90)).isViolated())
                .as("the worst window stays the worst")
                .isTrue();
    }

    @Test
    void failedRequestsThatMayHaveBeenInOneWindowAreUnclear() {
        ThresholdState state = after(fresh(failedRequests(10)), 70, failed(8, 12, 400));
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(state.holds()).isFalse();
        assertThat(state.words()).isEqualTo("failed requests: 8 to 12 (400 requests), limit at most 10 in 1m");
    }

    @Test
    void failedRequestsNeedMoreRequestsThanMayFail() {
        assertThat(after(fresh(failedRequests(10)), 30, failed(0, 0, 10)).conclusion())
                .isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(after(fresh(failedRequests(10)), 30, failed(0, 0, 11)).conclusion())
                .isEqualTo(Conclusion.HELD);
        ThresholdState slow = after(fresh(failedRequests(10)), 600, failed(0, 0, 100));
        assertThat(slow.conclusion()).as("ten a minute").isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(slow.words()).endsWith("; 11 needed in 1m before it could be broken");
    }

    @Test
    void failedRequestsHoldEarlyOnceItIsCertainThatTheyAreRarer() {
        // The evidence of a rate below 10 a minute reaches 20 after 3.77 expected failures, 22.6 s; ten times that if
        // ten may fail at a time.
        assertThat(after(fresh(failedRequests(10)), 225, failed(0, 0, 4000)).holds())
                .isFalse();
        assertThat(after(fresh(failedRequests(10)), 226, failed(0, 0, 4000)).holds())
                .isTrue();
        assertThat(after(fresh(failedRequests(10)), 226, failed(10, 10, 4000)).holds())
                .isFalse();
        assertThat(after(fresh(failedRequests(0)), 3600, failed(0, 0, 400)).holds())
                .as("that none will ever fail can never be shown")
                .isFalse();
    }

    private static ThresholdState lasting(int... values) {
        PromQl threshold = new PromQl(
                "queue depth",
                "q",
                new Judging(
                        Bounds.atMost(100),
                        OptionalDouble.empty(),
                        0,
                        Optional.of(Duration.ofSeconds(10)),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.empty()));
        ThresholdState state = fresh(threshold);
        for (int i = 0; i < values.length; i++) {
            state = state.observed(START.plusSeconds(5L * i), observation(values[i], values[i] <= 100));
        }
        return state;
    }

    @Test
    void aBreachMustLastAsLongAsIsSaid() {
        assertThat(lasting(101, 101).isViolated()).isFalse();
        assertThat(lasting(101, 101).conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(lasting(101, 101).words())
                .isEqualTo("queue depth: 101, limit at most 100; broken for 5s, less than 10s may be");
        assertThat(lasting(101, 101, 101).isViolated()).isTrue();
        assertThat(lasting(101, 101, 99, 101, 101).isViolated()).isFalse();
        assertThat(lasting(101, 101, 101, 1).isViolated()).as("it was").isTrue();
        assertThat(lasting(101, 1, 1).conclusion()).isEqualTo(Conclusion.HELD);
    }

    @Test
    void aLatencyIsAShareOfSlowRequests() {
        Latency threshold = new Latency(
                "p99",
                new ServiceName("reviews", "bookinfo"),
                Optional.empty(),
                0.99,
                Duration.ofMinutes(1),
                Judging.by(Bounds.atMost(0.5)));
        ThresholdState state =
                after(after(fresh(threshold), 5, Counted.of(Count.of(6, 75))), 10, Counted.of(Count.of(12, 150)));
        state = after(state, 15, Counted.of(Count.of(18, 225)));
        assertThat(state.isViolated()).isTrue();
        assertThat(state.words())
                .isEqualTo("p99: slower than 500 ms: 8 % (18 of 225 requests), limit 1 %, certain at 99 %");
    }

    @Test
    void aFewOverTheLimitAreNotBrokenForCertain() {
        Observation over = new Observation(
                START,
                0.02,
                OptionalLong.of(100),
                OptionalDouble.empty(),
                false,
                Optional.of(Counted.of(Count.of(2, 100))));
        ThresholdState state = fresh(errorRate(Judging.by(Bounds.atMost(0.01)))).observed(START, over);
        assertThat(state.holdsNow()).isFalse();
        assertThat(state.isUnbroken()).isTrue();
        assertThat(state.missed("x").isUnbroken()).isFalse();
        assertThat(fresh(THRESHOLD).observed(START, observation(101, false)).isUnbroken())
                .isFalse();
    }

    private static ThresholdState sampled(Threshold threshold, int looks, long requestsEach) {
        ThresholdState state = fresh(threshold);
        for (int i = 1; i <= looks; i++) {
            Instant at = START.plusSeconds(5L * i);
            state = state.observed(
                    at, new Observation(at, 0, OptionalLong.of(requestsEach), OptionalDouble.empty(), true));
        }
        return state;
    }

    @Test
    void samplesOfTooFewRequestsShowNothing() {
        Judging each = Judging.by(Bounds.atMost(0.05)).decided(Decide.EVERY_SAMPLE);
        ThresholdState three = sampled(errorRate(each), 12, 3);
        assertThat(three.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(three.words()).endsWith("; 59 requests needed before it is kept, 3 counted");
        assertThat(three.judgement().needed()).hasValue(59);
        assertThat(sampled(errorRate(each), 12, 59).conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(sampled(errorRate(each), 12, 58).conclusion())
                .as("windows of a minute that overlap are counted once")
                .isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(sampled(errorRate(each), 13, 30).conclusion())
                .as("two windows apart")
                .isEqualTo(Conclusion.HELD);
        Judging asked = new Judging(
                each.bounds(),
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                each.decide(),
                OptionalDouble.empty(),
                OptionalLong.of(3));
        assertThat(sampled(errorRate(asked), 1, 3).conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(sampled(errorRate(asked), 1, 2).conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
    }

    @Test
    void withoutRequestsToCountOneObservationShowsNothing() {
        ThresholdState two =
                fresh(THRESHOLD).observed(START, observation(1, true)).observed(START, observation(1, true));
        assertThat(two.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(two.words()).endsWith("; 3 observations needed before it is kept, 2 made");
        assertThat(two.observed(START, observation(1, true)).conclusion()).isEqualTo(Conclusion.HELD);
    }
}
