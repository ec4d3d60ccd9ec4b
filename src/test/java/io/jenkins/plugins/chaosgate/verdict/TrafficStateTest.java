package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficLook;
import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whether the requests that came before the fault still come under it. Ten a second came, and twenty to others. */
class TrafficStateTest {
    private static final Instant BEGIN = Instant.EPOCH;
    private static final Instant UNDER_FAULT = at(30);

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }

    private static Observation seen(Instant until, long judged, OptionalLong others) {
        Counted counted = Counted.of(Count.of(0, judged)).of(new Traffic(judged, others, until, Optional.of(until)));
        return new Observation(until, 0, OptionalLong.of(judged), OptionalDouble.empty(), true, Optional.of(counted));
    }

    private static TrafficState warm(OptionalLong othersPerSecond) {
        TrafficState state = TrafficState.fresh(BEGIN);
        for (int second = 1; second <= 30; second++) {
            state = state.observed(seen(at(second), 10L * second, times(othersPerSecond, second)));
        }
        return state;
    }

    private static OptionalLong times(OptionalLong perSecond, int seconds) {
        return perSecond.isPresent() ? OptionalLong.of(perSecond.getAsLong() * seconds) : OptionalLong.empty();
    }

    /** So many seconds under the fault, with so many a second. */
    private static TrafficState under(OptionalLong before, long perSecond, OptionalLong othersPerSecond, int seconds) {
        TrafficState state = warm(before).next(UNDER_FAULT, TrafficTest.LEAST, Confidence.DEFAULT);
        for (int second = 1; second <= seconds; second++) {
            state = state.observed(
                    seen(UNDER_FAULT.plusSeconds(second), perSecond * second, times(othersPerSecond, second)));
        }
        return state;
    }

    @Test
    void remembersOfTheWarmUpWhatEachLookAdded() {
        TrafficState state = TrafficState.fresh(BEGIN)
                .observed(seen(at(1), 10, OptionalLong.of(20)))
                .observed(seen(at(3), 25, OptionalLong.of(50)));
        assertThat(state.looks())
                .containsExactly(
                        new TrafficLook(10, Duration.ofSeconds(1), OptionalLong.of(20)),
                        new TrafficLook(15, Duration.ofSeconds(2), OptionalLong.of(30)));
        assertThat(state.known()).isEqualTo(at(3));
    }

    @Test
    void aLookThatShowsNothingNewerIsNoLook() {
        TrafficState state = TrafficState.fresh(BEGIN).observed(seen(at(2), 10, OptionalLong.of(20)));
        assertThat(state.observed(seen(at(2), 30, OptionalLong.of(20)))).isEqualTo(state);
        assertThat(state.observed(seen(at(1), 30, OptionalLong.of(20)))).isEqualTo(state);
        assertThat(state.observed(new Observation(at(5), 0, OptionalLong.of(9), OptionalDouble.empty(), true)))
                .as("no requests are counted")
                .isEqualTo(state);
    }

    @Test
    void numbersThatFallHaveNotGrown() {
        TrafficState state = TrafficState.fresh(BEGIN)
                .observed(seen(at(1), 10, OptionalLong.of(20)))
                .observed(seen(at(2), 9, OptionalLong.of(15)));
        assertThat(state.looks().get(1)).isEqualTo(new TrafficLook(0, Duration.ofSeconds(1), OptionalLong.of(0)));
    }

    @Test
    void trafficThatStaysIsNoCollapse() {
        TrafficState state = under(OptionalLong.of(20), 10, OptionalLong.of(20), 30);
        assertThat(state.wentElsewhere()).isFalse();
        assertThat(state.ranDry()).isFalse();
    }

    @Test
    void trafficThatGoesToOthersWentElsewhere() {
        TrafficState state = under(OptionalLong.of(20), 0, OptionalLong.of(30), 20);
        assertThat(state.wentElsewhere()).isTrue();
        assertThat(state.ranDry()).isFalse();
        assertThat(state.words())
                .isEqualTo(
                        "0 requests in 20s, where 200 were usual, while others behind the service got 600 (usually 400)");
    }

    @Test
    void trafficThatEndsForAllRanDry() {
        TrafficState state = under(OptionalLong.of(20), 0, OptionalLong.of(0), 20);
        assertThat(state.ranDry()).isTrue();
        assertThat(state.wentElsewhere()).isFalse();
    }

    @Test
    void whereNobodyCountsOthersTrafficRanDry() {
        TrafficState state = under(OptionalLong.empty(), 0, OptionalLong.empty(), 20);
        assertThat(state.ranDry()).isTrue();
        assertThat(state.words()).isEqualTo("0 requests in 20s, where 200 were usual");
    }

    @Test
    void beforeTheFaultNothingCollapses() {
        TrafficState state = warm(OptionalLong.of(20));
        assertThat(state.wentElsewhere()).isFalse();
        assertThat(state.ranDry()).isFalse();
    }

    @Test
    void underTheFaultIsCountedFromItsOwnBeginning() {
        TrafficState state = warm(OptionalLong.of(20)).next(UNDER_FAULT, TrafficTest.LEAST, Confidence.DEFAULT);
        assertThat(state.last()).isEmpty();
        assertThat(state.observed(seen(UNDER_FAULT, 50, OptionalLong.of(20)))).isEqualTo(state);
        TrafficState looked = state.observed(seen(UNDER_FAULT.plusSeconds(20), 1, OptionalLong.of(600)));
        assertThat(looked.words()).startsWith("1 request in 20s, where 200 were usual");
    }
}
