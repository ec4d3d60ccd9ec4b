package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioStateTest {

    private static RatioState after(double maxRatio, int polls, Count canary, Count stable) {
        RatioState state = RatioState.fresh(maxRatio, Confidence.DEFAULT, Burstiness.NONE);
        for (int i = 0; i < polls; i++) {
            state = state.plus(canary, stable);
        }
        return state;
    }

    @Test
    void aCanaryThatIsWorseIsViolatedAndStaysSo() {
        RatioState state = after(1, 4, Count.of(5, 50), Count.of(5, 450));
        assertThat(state.decision()).isEqualTo(Decision.VIOLATED);
        assertThat(state.conclusion()).isEqualTo(Conclusion.VIOLATED);
        assertThat(state.words())
                .isEqualTo("10 % (20 of 200 requests), stable 1.11 % (20 of 1800 requests), limit 1 × stable,"
                        + " certain at 99 %");
        RatioState later = state;
        for (int i = 0; i < 200; i++) {
            later = later.plus(Count.of(0, 50), Count.of(5, 450));
        }
        assertThat(later.logEvidence()).isNegative();
        assertThat(later.decision()).isEqualTo(Decision.VIOLATED);
    }

    @Test
    void theSameCountsAreFineWhereTheCanaryMayBeThatMuchWorse() {
        RatioState state = after(10, 4, Count.of(5, 50), Count.of(5, 450));
        assertThat(state.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(after(0.1, 4, Count.of(5, 50), Count.of(45, 450)).decision()).isEqualTo(Decision.VIOLATED);
    }

    @Test
    void aDisturbanceThatHitsBothIsNoViolation() {
        RatioState state = after(1, 50, Count.of(25, 50), Count.of(225, 450));
        assertThat(state.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(state.conclusion()).isEqualTo(Conclusion.HELD);
    }

    @Test
    void aCanaryThatIsBetterHolds() {
        RatioState state = after(1, 5, Count.of(0, 100), Count.of(10, 100));
        assertThat(state.decision()).isEqualTo(Decision.HOLDS);
        assertThat(state.words()).endsWith("limit 1 × stable, holds at 95 %");
    }

    @Test
    void worseButNotForCertainIsUnclear() {
        RatioState state = after(1, 1, Count.of(2, 100), Count.of(1, 100));
        assertThat(state.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
    }

    @Test
    void withTooFewRequestsNothingCouldHaveBeenFound() {
        RatioState none = RatioState.fresh(1, Confidence.DEFAULT, Burstiness.NONE);
        assertThat(none.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(none.words()).startsWith("nothing counted, stable nothing counted");
        RatioState few = after(1, 1, Count.of(0, 3), Count.of(0, 3));
        assertThat(few.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        long needed = few.needed();
        assertThat(after(1, 1, Count.of(needed, needed), Count.of(0, needed)).decision())
                .isEqualTo(Decision.VIOLATED);
        assertThat(after(1, 1, Count.of(needed - 1, needed - 1), Count.of(0, needed - 1))
                        .decision())
                .isEqualTo(Decision.CONTINUE);
        assertThat(after(1, 1, Count.of(0, needed), Count.of(0, needed)).conclusion())
                .isEqualTo(Conclusion.HELD);
        RatioState bursty =
                RatioState.fresh(1, Confidence.DEFAULT, new Burstiness(3)).plus(Count.of(0, 3), Count.of(0, 3));
        assertThat(bursty.needed()).isEqualTo(3 * needed);
    }

    @Test
    void pollsThatCompareNothingAreLeftOut() {
        RatioState state = after(1, 1, Count.of(1, 10), Count.of(1, 10))
                .plus(Count.of(9, 9), Count.NONE)
                .plus(Count.NONE, Count.of(9, 9));
        assertThat(state.canary()).isEqualTo(Count.of(1, 10));
        assertThat(state.stable()).isEqualTo(Count.of(1, 10));
    }
}
