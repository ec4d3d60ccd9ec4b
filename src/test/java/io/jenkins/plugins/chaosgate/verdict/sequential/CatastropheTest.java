package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatastropheTest {

    private static final Catastrophe WATCH = Catastrophe.watch(Burstiness.NONE);

    @Test
    void halfOfTwentyIsOne() {
        assertThat(WATCH.plus(Count.of(10, 20)).isOne(0.01)).isTrue();
        assertThat(WATCH.plus(Count.of(9, 20)).isOne(0.01)).isFalse();
        assertThat(WATCH.plus(Count.of(19, 19)).isOne(0.01)).isFalse();
        assertThat(WATCH.plus(new Count(9, 20, 20)).isOne(0.01)).isFalse();
        assertThat(WATCH.isOne(0.01)).isFalse();
    }

    @Test
    void looksAtAsFewOfTheNewestPollsAsHoldTwenty() {
        Catastrophe watch = WATCH.plus(Count.of(0, 1000)).plus(Count.of(5, 7)).plus(Count.of(6, 7));
        assertThat(watch.sum()).isEqualTo(Count.of(11, 1014));
        Catastrophe one = watch.plus(Count.of(6, 7));
        assertThat(one.sum()).isEqualTo(Count.of(17, 21));
        assertThat(one.isOne(0.01)).isTrue();
        assertThat(one.plus(Count.of(1, 50)).newest()).hasSize(1);
    }

    @Test
    void isNotForLimitsThatAHealthyCanaryMayComeNearTo() {
        Catastrophe half = WATCH.plus(Count.of(10, 20));
        assertThat(half.isOne(0.05)).isTrue();
        assertThat(half.isOne(0.051)).isFalse();
    }

    @Test
    void burstsNeedMoreRequests() {
        Catastrophe watch = Catastrophe.watch(new Burstiness(3));
        assertThat(watch.plus(Count.of(59, 59)).isOne(0.01)).isFalse();
        assertThat(watch.plus(Count.of(30, 60)).isOne(0.01)).isTrue();
    }
}
