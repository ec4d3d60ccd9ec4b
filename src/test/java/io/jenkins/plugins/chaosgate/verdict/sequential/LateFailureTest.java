package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Canaries that do not fail all the time: 10 requests/s for ten minutes, nothing known of bursts. */
class LateFailureTest {

    private static final int SECONDS = 600;
    private static final int PER_SECOND = 10;
    private static final int GATES = 40;

    /** How one gate ended, and after how many seconds it was stopped; the last second where it was not. */
    private record Ended(Conclusion conclusion, int after) {}

    private static Ended gate(double limit, int interval, IntToDoubleFunction shareAt, SplittableRandom random) {
        LimitState state = LimitState.fresh(limit, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        for (int second = 0; second < SECONDS; second += interval) {
            int bad = 0;
            for (int request = 0; request < interval * PER_SECOND; request++) {
                bad += random.nextDouble() < shareAt.applyAsDouble(second + request / PER_SECOND) ? 1 : 0;
            }
            state = state.plus(Count.of(bad, (long) interval * PER_SECOND));
            if (state.decision() == Decision.VIOLATED) {
                return new Ended(Conclusion.VIOLATED, second + interval);
            }
        }
        return new Ended(state.conclusion(), SECONDS);
    }

    private static IntToDoubleFunction deadFrom(int second, double before) {
        return at -> at >= second ? 1 : before;
    }

    /** Dead for 55 s and good before, 9.2 % of all requests are bad: less than the limit. */
    @ParameterizedTest
    @CsvSource({"1, 0, 6", "1, 0.005, 6", "5, 0, 15", "5, 0.005, 15"})
    void whoDiesLateIsFoundWithinThreeLooks(int interval, double before, int within) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < GATES; i++) {
            Ended ended = gate(0.1, interval, deadFrom(545, before), random);
            assertThat(ended.conclusion).isEqualTo(Conclusion.VIOLATED);
            assertThat(ended.after).isBetween(546, 545 + within);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void whoDiesWithTheLastLookDoesNotPass(int interval) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < GATES; i++) {
            assertThat(gate(0.1, interval, deadFrom(595, 0.01), random).conclusion)
                    .isIn(Conclusion.VIOLATED, Conclusion.UNCLEAR);
        }
    }

    /** From no bad request to 30 % of them: above the limit of 10 % since 200 s, on average since 400 s. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void whoDecaysIsFoundBeforeItsAverageIsAboveTheLimit(int interval) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < GATES; i++) {
            Ended ended = gate(0.1, interval, second -> 0.3 * second / SECONDS, random);
            assertThat(ended.conclusion).isEqualTo(Conclusion.VIOLATED);
            assertThat(ended.after).isBetween(200, 460);
        }
    }

    /** Dead for 5 s of each minute, 8.3 % of all requests: by the second that is five looks in a row, by five seconds a burst. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1})
    void whoFlapsIsFoundByThoseWhoLookCloselyAndPassesNobody(double limit) {
        IntToDoubleFunction flapping = second -> second % 60 >= 55 ? 1 : 0;
        Ended closely = gate(limit, 1, flapping, new SplittableRandom(1));
        assertThat(closely.conclusion).isEqualTo(Conclusion.VIOLATED);
        assertThat(closely.after).as("the first time").isLessThanOrEqualTo(60);
        assertThat(gate(limit, 5, flapping, new SplittableRandom(1)).conclusion)
                .isIn(Conclusion.UNCLEAR, Conclusion.TOO_LITTLE);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.1, 5", "0.01, 1", "0.01, 5"})
    void aHealthyCanaryAtHalfItsLimitIsHeld(double limit, int interval) {
        SplittableRandom random = new SplittableRandom(1);
        int held = 0;
        for (int i = 0; i < 5 * GATES; i++) {
            held += gate(limit, interval, second -> limit / 2, random).conclusion == Conclusion.HELD ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo((int) (0.95 * 5 * GATES));
    }

    @Test
    void hoursOfLooksAreRememberedInAFewParts() {
        Recent recent = Recent.NONE;
        for (int i = 0; i < 4 * 3600; i++) {
            recent = recent.plus(Count.of(0, 10), Count.NONE);
        }
        assertThat(recent.newestFirst()).hasSizeLessThan(80);
        assertThat(recent.newestFirst().stream()
                        .mapToLong(part -> part.canary().total())
                        .sum())
                .isEqualTo(4 * 3600 * 10);
    }
}
