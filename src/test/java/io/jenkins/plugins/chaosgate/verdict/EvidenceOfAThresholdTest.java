package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a threshold knows of the requests behind it: whether they are new, how far they reach and where they went. */
class EvidenceOfAThresholdTest {
    private static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    private static final Instant BEGIN = Instant.EPOCH;
    private static final Threshold ERROR_RATE = new ErrorRate(
            "error rate", REVIEWS, Optional.empty(), Duration.ofMinutes(1), Judging.by(Bounds.atMost(0.05)));

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }

    private static ThresholdState fresh() {
        return ThresholdState.fresh(ERROR_RATE, BEGIN, Confidence.DEFAULT);
    }

    private static Observation observation(Instant at, Counted counted) {
        Count judged = counted.judged();
        double share = judged.total() == 0 ? 0 : (double) judged.possiblyBad() / judged.total();
        return new Observation(
                at,
                share,
                OptionalLong.of(judged.total()),
                OptionalDouble.empty(),
                share <= 0.05,
                Optional.of(counted));
    }

    private static Observation seen(Instant at, long bad, long total) {
        return observation(at, Counted.of(Count.of(bad, total)));
    }

    private static Observation came(Instant at, long total, long others, Instant newest) {
        return observation(
                at,
                Counted.of(Count.of(0, total))
                        .of(new Traffic(total, OptionalLong.of(others), at, Optional.of(newest))));
    }

    @Test
    void aLookIsFreshOnlyWithRequestsThatWereNotCountedBefore() {
        ThresholdState first = fresh().observed(at(5), seen(at(4), 0, 10));
        assertThat(first.isFreshAt(at(5))).isTrue();
        assertThat(first.isFreshAt(at(4))).isFalse();
        ThresholdState same = first.observed(at(6), seen(at(5), 0, 10));
        assertThat(same.isFreshAt(at(6))).isFalse();
        assertThat(same.blindFor(at(8))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whereTrafficIsCountedItsNewestRequestTells() {
        ThresholdState first = fresh().observed(at(5), came(at(4), 10, 0, at(4)));
        assertThat(first.isFreshAt(at(5))).isTrue();
        assertThat(first.observed(at(6), came(at(5), 12, 0, at(4))).isFreshAt(at(6)))
                .as("more are counted, but none is newer")
                .isFalse();
        assertThat(first.observed(at(6), came(at(5), 12, 0, at(5))).isFreshAt(at(6)))
                .isTrue();
    }

    @Test
    void reachesATimeOnceAllUpToItIsCounted() {
        assertThat(fresh().reaches(at(5))).as("nothing is counted yet").isTrue();
        ThresholdState state = fresh().observed(at(5), seen(at(4), 0, 10));
        assertThat(state.reaches(at(4))).isTrue();
        assertThat(state.reaches(at(5))).isFalse();
    }

    @Test
    void knowsItsRequestsPerSecond() {
        assertThat(fresh().perSecond()).isEmpty();
        assertThat(fresh().observed(at(5), seen(at(4), 0, 0)).perSecond()).isEmpty();
        assertThat(fresh().observed(at(1), seen(BEGIN, 0, 5)).perSecond()).isEmpty();
        assertThat(fresh().observed(at(5), seen(at(4), 0, 10)).perSecond()).contains(2.5);
    }

    @Test
    void aLimitThatIsBrokenByFewIsUnbrokenUntilThatIsCertain() {
        ThresholdState few = fresh().observed(at(1), seen(at(1), 1, 10));
        assertThat(few.holdsNow()).isFalse();
        assertThat(few.isUnbroken()).as("1 of 10 is chance").isTrue();
        assertThat(few.missed("503").isUnbroken()).isFalse();
        // A limit test of its own: the bursts that the judgement allows for do not matter here.
        assertThat(fresh().observed(at(1), seen(at(1), 12, 40)).isUnbroken()).isFalse();
    }

    @Test
    void aNumberOfFailuresIsNoShareThatCouldSurelyBeAboveALimit() {
        Threshold failed = new FailedRequests(
                "failed", REVIEWS, Optional.empty(), Duration.ofSeconds(30), Judging.by(Bounds.atMost(10)));
        Counted counted = Counted.of(Count.of(10, 10)).within(new FailedInAnyWindow(10, 10));
        ThresholdState state = ThresholdState.fresh(failed, BEGIN, Confidence.DEFAULT)
                .observed(
                        at(1),
                        new Observation(
                                at(1), 10, OptionalLong.of(10), OptionalDouble.empty(), true, Optional.of(counted)));
        assertThat(state.isUnbroken()).isTrue();
        assertThat(state.isViolated()).isFalse();
    }

    @Test
    void saysThatItsRequestsWentElsewhereOrRanDry() {
        ThresholdState warm = fresh();
        for (int second = 1; second <= 30; second++) {
            warm = warm.observed(at(second), came(at(second), 10L * second, 20L * second, at(second)));
        }
        ThresholdState begun = warm.next(at(30));
        assertThat(begun.lostTraffic()).isEmpty();
        assertThat(begun.dryTraffic()).isEmpty();
        ThresholdState lost = begun.observed(at(50), came(at(50), 0, 600, at(30)));
        assertThat(lost.lostTraffic())
                .get()
                .asString()
                .startsWith("error rate: its requests went elsewhere: 0 requests in 20s, where 200 were usual");
        assertThat(lost.dryTraffic()).isEmpty();
        ThresholdState dry = begun.observed(at(50), came(at(50), 0, 0, at(30)));
        assertThat(dry.dryTraffic())
                .get()
                .asString()
                .startsWith("error rate: far fewer requests came: 0 requests in 20s, where 200 were usual");
        assertThat(dry.lostTraffic()).isEmpty();
    }

    @Test
    void namesTheRequestsThatNoPodAnswered() {
        Counted counted = Counted.of(Count.of(3, 10)).with(new Unanswered(Map.of("UH", 3L), 3, 0));
        assertThat(fresh().observed(at(1), observation(at(1), counted)).words())
                .contains("; 3 answered by no pod (3 UH, no healthy endpoint");
    }

    @Test
    void aLookThatShowedNothingSaysWhy() {
        ThresholdState missed = fresh().after(at(5), Optional.empty(), Optional.of("503"));
        assertThat(missed.missingWords(at(7))).isEqualTo("error rate: nothing seen for 7 s, 503");
        assertThat(fresh().after(at(5), Optional.empty(), Optional.empty()).missingWords(at(7)))
                .endsWith("not looked at");
        assertThat(fresh().after(at(5), Optional.of(seen(at(4), 0, 10)), Optional.empty())
                        .isSeen())
                .isTrue();
    }
}
