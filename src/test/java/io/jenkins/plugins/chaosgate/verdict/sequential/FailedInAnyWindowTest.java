package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FailedInAnyWindowTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Increment increment(int from, int to, long failed) {
        return new Increment(START.plusSeconds(from), START.plusSeconds(to), failed);
    }

    @Test
    void nothingFailedWhereNothingWasCounted() {
        assertThat(FailedInAnyWindow.of(List.of(), MINUTE)).isEqualTo(new FailedInAnyWindow(0, 0));
    }

    @Test
    void countsWhatSurelyLiesWithinOneWindow() {
        List<Increment> increments = List.of(increment(0, 30, 4), increment(30, 60, 5), increment(60, 90, 6));
        assertThat(FailedInAnyWindow.of(increments, MINUTE)).isEqualTo(new FailedInAnyWindow(11, 15));
    }

    @Test
    void anIncrementOverMoreThanTheWindowIsNeverCertain() {
        assertThat(FailedInAnyWindow.of(List.of(increment(0, 61, 9)), MINUTE)).isEqualTo(new FailedInAnyWindow(0, 9));
        assertThat(FailedInAnyWindow.of(List.of(increment(0, 60, 9)), MINUTE)).isEqualTo(new FailedInAnyWindow(9, 9));
    }

    @Test
    void whatLiesAWindowApartIsNeverTogether() {
        List<Increment> increments = List.of(increment(0, 5, 7), increment(65, 70, 8));
        assertThat(FailedInAnyWindow.of(increments, MINUTE)).isEqualTo(new FailedInAnyWindow(8, 8));
        List<Increment> nearer = List.of(increment(0, 6, 7), increment(65, 70, 8));
        assertThat(FailedInAnyWindow.of(nearer, MINUTE)).isEqualTo(new FailedInAnyWindow(8, 15));
    }

    @Test
    void theFirstFailureCounts() {
        assertThat(FailedInAnyWindow.of(List.of(increment(0, 5, 1)), MINUTE).certain())
                .isEqualTo(1);
    }

    @Test
    void isWhatTryingAllWindowsGives() {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 300; trial++) {
            List<Increment> increments = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int from = random.nextInt(60);
                increments.add(increment(from, from + 1 + random.nextInt(9), random.nextInt(5)));
            }
            int length = 1 + random.nextInt(40);
            assertThat(FailedInAnyWindow.of(increments, Duration.ofSeconds(length)))
                    .isEqualTo(
                            new FailedInAnyWindow(tried(increments, length, false), tried(increments, length, true)));
        }
    }

    /** The slow way; half seconds, since windows may begin between two samples. */
    private static long tried(List<Increment> increments, int length, boolean possible) {
        long largest = 0;
        for (int begin = -200; begin < 400; begin++) {
            Instant from = START.plusMillis(begin * 500L);
            Instant to = from.plusSeconds(length);
            long sum = 0;
            for (Increment increment : increments) {
                boolean inside =
                        !increment.from().isBefore(from) && !increment.to().isAfter(to);
                boolean touched =
                        increment.from().isBefore(to) && increment.to().isAfter(from);
                sum += (possible ? touched : inside) ? increment.failed() : 0;
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThatThrownBy(() -> increment(5, 4, 0)).hasMessageContaining("goes forward");
        assertThatThrownBy(() -> increment(4, 5, -1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> FailedInAnyWindow.of(List.of(), Duration.ZERO)).hasMessageContaining("longer than 0");
    }
}
