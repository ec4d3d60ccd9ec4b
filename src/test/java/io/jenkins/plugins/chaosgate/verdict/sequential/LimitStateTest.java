package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitStateTest {

    private static LimitState fresh(double limit) {
        return LimitState.fresh(limit, Confidence.DEFAULT, Burstiness.NONE);
    }

    private static LimitState after(LimitState state, int polls, Count poll) {
        LimitState next = state;
        for (int i = 0; i < polls; i++) {
            next = next.plus(poll);
        }
        return next;
    }

    @Test
    void aFailingCanaryIsViolatedAndStaysSo() {
        LimitState state = fresh(0.01);
        assertThat(state.decision()).isEqualTo(Decision.CONTINUE);
        LimitState violated = after(state, 3, Count.of(4, 50));
        assertThat(violated.decision()).isEqualTo(Decision.VIOLATED);
        assertThat(violated.conclusion()).isEqualTo(Conclusion.VIOLATED);
        assertThat(violated.logEvidence()).isGreaterThan(Math.log(100));
        assertThat(violated.words()).isEqualTo("8 % (12 of 150 requests), limit 1 %, certain at 99 %");
        LimitState later = after(violated, 1000, Count.of(0, 50));
        assertThat(later.decision()).as("good requests later don't undo it").isEqualTo(Decision.VIOLATED);
        assertThat(state.decision()).as("states are values").isEqualTo(Decision.CONTINUE);
    }

    @Test
    void aHealthyCanaryHoldsAsSoonAsThatIsCertain() {
        long early = SampleSize.toPassEarly(0.01, 0.05);
        assertThat(after(fresh(0.01), 1, Count.of(0, early - 1)).decision()).isEqualTo(Decision.CONTINUE);
        LimitState holds = after(fresh(0.01), 1, Count.of(0, early));
        assertThat(holds.decision()).isEqualTo(Decision.HOLDS);
        assertThat(holds.words()).endsWith("limit 1 %, holds at 95 %");
        assertThat(after(holds, 2, Count.of(40, 100)).decision())
                .as("one that turns bad later is still caught")
                .isEqualTo(Decision.VIOLATED);
    }

    @Test
    void tooLittleTrafficIsNoPass() {
        LimitState few = after(fresh(0.01), 1, Count.of(0, 41));
        assertThat(few.conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(few.words()).isEqualTo("0 % (0 of 41 requests), limit 1 %, 299 needed to show it at 95 %");
        assertThat(fresh(0.01).conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(fresh(0.01).words()).startsWith("nothing counted (0 of 0 requests)");
        assertThat(after(fresh(0.01), 1, Count.of(2, 298)).conclusion()).isEqualTo(Conclusion.TOO_LITTLE);
        assertThat(after(fresh(0.01), 1, Count.of(2, 299)).conclusion()).isEqualTo(Conclusion.HELD);
        assertThat(after(fresh(0.01), 1, Count.of(3, 300)).conclusion()).isEqualTo(Conclusion.HELD);
    }

    @Test
    void aShareAboveTheLimitThatIsNotCertainIsUnclear() {
        LimitState state = after(fresh(0.01), 1, Count.of(4, 300));
        assertThat(state.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(state.conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(state.words()).isEqualTo("1.33 % (4 of 300 requests), limit 1 %");
    }

    @Test
    void aLatencyLimitBetweenBucketsIsJudgedTheCarefulWay() {
        LimitState wide = after(fresh(0.01), 10, new Count(0, 40, 50));
        assertThat(wide.decision()).as("not surely bad").isEqualTo(Decision.CONTINUE);
        assertThat(wide.conclusion()).as("not surely good").isEqualTo(Conclusion.UNCLEAR);
        assertThat(wide.words()).isEqualTo("0 % to 80 % (0 to 400 of 500 requests), limit 1 %");
        assertThat(after(fresh(0.01), 3, new Count(5, 40, 50)).decision()).isEqualTo(Decision.VIOLATED);
        assertThat(after(fresh(0.9), 9, new Count(0, 10, 50)).decision()).isEqualTo(Decision.HOLDS);
    }

    @Test
    void burstsNeedMoreOfThem() {
        LimitState bursty = LimitState.fresh(0.01, Confidence.DEFAULT, new Burstiness(3));
        assertThat(after(bursty, 2, Count.of(4, 50)).decision()).isEqualTo(Decision.CONTINUE);
        assertThat(after(fresh(0.01), 2, Count.of(4, 50)).decision()).isEqualTo(Decision.VIOLATED);
        assertThat(after(bursty, 9, Count.of(4, 50)).decision()).isEqualTo(Decision.VIOLATED);
        assertThat(bursty.needed()).isEqualTo(897);
    }

    @Test
    void burstsAreSeenUnderTheFaultToo() {
        LimitState nothingKnown = LimitState.fresh(0.01, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        LimitState quiet = after(nothingKnown, 10, Count.of(0, 50));
        LimitState burst = quiet.plus(Count.of(20, 50));
        assertThat(new LimitTest(0.01).isCertainlyAbove(20, 550, 0.01)).isTrue();
        assertThat(burst.burstiness().phi()).isGreaterThan(5);
        assertThat(burst.decision()).as("one burst says little").isEqualTo(Decision.CONTINUE);
        assertThat(after(burst, 60, Count.of(0, 50)).decision())
                .as("nor does it when it is over")
                .isNotEqualTo(Decision.VIOLATED);
        assertThat(after(burst, 2, Count.of(20, 50)).decision())
                .as("what stays is no burst")
                .isEqualTo(Decision.VIOLATED);
    }

    @Test
    void aCanaryThatFallsOverLateIsStoppedAtOnce() {
        LimitState late = after(fresh(0.01), 500, Count.of(0, 200));
        assertThat(late.plus(Count.of(100, 200)).decision()).isEqualTo(Decision.VIOLATED);
        assertThat(late.plus(Count.of(100, 200)).words())
                .isEqualTo("0.1 % (100 of 100200 requests), limit 1 %, above it of late, certain at 99 %");
    }

    @Test
    void whereBurstsAreAllowedForHalfOfManyIsACatastrophe() {
        LimitState nothingKnown = LimitState.fresh(0.01, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        LimitState late = after(nothingKnown, 500, Count.of(0, 200));
        assertThat(late.plus(Count.of(100, 200)).words())
                .isEqualTo("0.1 % (100 of 100200 requests), limit 1 %, half or more of the newest 200 were bad");
        assertThat(late.plus(Count.of(99, 200)).decision()).isNotEqualTo(Decision.VIOLATED);
    }

    @Test
    void aPollWithoutRequestsChangesNothing() {
        LimitState state = after(fresh(0.01), 1, Count.of(1, 50));
        assertThat(state.plus(Count.NONE).logEvidence()).isEqualTo(state.logEvidence());
        assertThat(state.plus(Count.NONE).words()).isEqualTo(state.words());
    }

    @Test
    void anEarlyPassIsDividedForTheBurstsThatAreAllowedFor() {
        LimitState nothingKnown = LimitState.fresh(0.01, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        long early = 10 * SampleSize.toPassEarly(0.01, 0.05);
        assertThat(after(nothingKnown, 1, Count.of(0, early - 10)).decision()).isEqualTo(Decision.CONTINUE);
        assertThat(after(nothingKnown, 1, Count.of(0, early)).decision()).isEqualTo(Decision.HOLDS);
    }

    @Test
    void newestRequestsAboveTheLimitMakeAGoodShareUnclear() {
        LimitState nothingKnown = LimitState.fresh(0.01, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        LimitState good = after(nothingKnown, 60, Count.of(0, 50));
        assertThat(good.conclusion()).isEqualTo(Conclusion.HELD);
        LimitState doubtful = after(good, 2, Count.of(4, 50));
        assertThat(doubtful.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(doubtful.conclusion()).isEqualTo(Conclusion.UNCLEAR);
        assertThat(doubtful.words()).endsWith("limit 1 %, but the newest requests are above it");
        assertThat(after(doubtful, 60, Count.of(0, 50)).conclusion()).isEqualTo(Conclusion.HELD);
    }
}
