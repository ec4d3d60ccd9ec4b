package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import java.time.Duration;
import java.time.Instant;
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
        ThresholdState once = ThresholdState.fresh(THRESHOLD, START).observed(START, observation(101, false));
        assertThat(once.isViolated()).isFalse();
        assertThat(once.observed(START, observation(50, true)).isViolated()).isFalse();
        assertThat(once.observed(START, observation(102, false)).isViolated()).isTrue();
        assertThat(once.observed(START, observation(102, false)).words())
                .isEqualTo("queue depth: 102, limit at most 100; 2 of 2 observations broke it, 1 may");
    }

    @Test
    void isBlindSinceItsLastValueOrSinceTheBeginning() {
        ThresholdState fresh = ThresholdState.fresh(THRESHOLD, START);
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
        ThresholdState state =
                ThresholdState.fresh(THRESHOLD, START).missed("x").missed("y");
        assertThat(state.breaches()).isZero();
        assertThat(state.observations()).isZero();
        assertThat(state.isViolated()).isFalse();
    }

    @Test
    void nanIsNoObservation() {
        assertThatThrownBy(() -> observation(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
