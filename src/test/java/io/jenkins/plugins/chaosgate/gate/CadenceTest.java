package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CadenceTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void looksAtEveryFullIntervalAndSkipsTheOnesItMissed() {
        Cadence cadence = new Cadence(BEGIN, Duration.ofSeconds(5));
        assertThat(cadence.untilNext(BEGIN)).isEqualTo(Duration.ofSeconds(5));
        assertThat(cadence.untilNext(BEGIN.plusMillis(4_999))).isEqualTo(Duration.ofMillis(1));
        assertThat(cadence.untilNext(BEGIN.plusMillis(13_000))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aClockThatGoesBackDoesNotStopIt() {
        assertThat(new Cadence(BEGIN, Duration.ofSeconds(5)).untilNext(BEGIN.minusSeconds(1)))
                .isEqualTo(Duration.ofSeconds(1));
    }
}
