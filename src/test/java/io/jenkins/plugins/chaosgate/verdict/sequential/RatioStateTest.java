package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        RatioState few = nothingKnown(4, Count.of(0, 12), Count.of(0, 108));
        assertThat(few.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(few.words()).endsWith(", 59 requests of the canary needed to compare them");
        assertThat(nothingKnown(5, Count.of(0, 12), Count.of(0, 108)).conclusion())
                .isEqualTo(Conclusion.HELD);
    }

    private static RatioState nothingKnown(int polls, Count canary, Count stable) {
        RatioState state = RatioState.fresh(1, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        for (int i = 0; i < polls; i++) {
            state = state.plus(canary, stable);
        }
        return state;
    }

    /** What the number of requests that are needed promises: with fewer no violation could have been found. */
    @ParameterizedTest
    @CsvSource({"50, 450", "50, 50", "10, 90", "5, 500", "200, 20"})
    void isNeverFoundWithFewerThanAreNeeded(int ofCanary, int ofStable) {
        RatioState state = RatioState.fresh(1, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        RatioState dead = state;
        long needed = -1;
        while (dead.decision() != Decision.VIOLATED) {
            dead = dead.plus(Count.of(ofCanary, ofCanary), Count.of(0, ofStable));
            state = state.plus(Count.of(0, ofCanary), Count.of(0, ofStable));
            assertThat(needed).as("foreseen").isIn(-1L, state.needed());
            needed = state.needed();
            if (dead.decision() != Decision.VIOLATED) {
                assertThat(state.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
            }
        }
        assertThat(needed).isGreaterThanOrEqualTo(dead.canary().total()).isGreaterThanOrEqualTo(59);
    }

    @Test
    void theStableVersionsRequestsCountToo() {
        RatioState state = nothingKnown(50, Count.of(0, 200), Count.of(0, 1));
        assertThat(state.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(state.words()).contains("requests of the", "needed to compare them");
    }

    @Test
    void aCanaryThatDiesLateIsFound() {
        RatioState state = nothingKnown(600, Count.of(0, 10), Count.of(1, 90));
        assertThat(state.conclusion()).isEqualTo(Conclusion.HELD);
        for (int i = 0; i < 2; i++) {
            state = state.plus(Count.of(10, 10), Count.of(1, 90));
        }
        assertThat(state.conclusion()).as("within its share, but not of late").isEqualTo(Conclusion.UNCLEAR);
        for (int i = 0; i < 6; i++) {
            state = state.plus(Count.of(10, 10), Count.of(1, 90));
        }
        assertThat(state.decision()).isEqualTo(Decision.VIOLATED);
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
