package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstinessTest {

    private static List<Count> polls(long... bad) {
        List<Count> polls = new ArrayList<>();
        for (long x : bad) {
            polls.add(Count.of(x, 100));
        }
        return polls;
    }

    @Test
    void isOneWhereNothingCanBeSaid() {
        assertThat(Burstiness.of(List.of())).isEqualTo(Burstiness.NONE);
        assertThat(Burstiness.of(polls(40))).isEqualTo(Burstiness.NONE);
        assertThat(Burstiness.of(polls(0, 0, 0, 0))).isEqualTo(Burstiness.NONE);
        assertThat(Burstiness.of(polls(0, 0, 1, 0))).isEqualTo(Burstiness.NONE);
        assertThat(Burstiness.of(Collections.nCopies(9, Count.NONE))).isEqualTo(Burstiness.NONE);
    }

    @Test
    void isOneForEvenTrafficAndForWhatChanceExplains() {
        assertThat(Burstiness.of(polls(5, 5, 5, 5))).isEqualTo(Burstiness.NONE);
        assertThat(Burstiness.of(polls(5, 3, 6, 5, 2, 7, 4))).isEqualTo(Burstiness.NONE);
        List<Count> uneven = List.of(Count.of(1, 10), Count.of(100, 1000), Count.of(2, 20), Count.of(50, 500));
        assertThat(Burstiness.of(uneven)).as("traffic is allowed for").isEqualTo(Burstiness.NONE);
    }

    /** Mean 5 of 100, each difference 10: 100 / (1/100 + 1/100) / 10 000 / 0.05 = 10. */
    @Test
    void isVarianceOverMeanAndOneStandardErrorMore() {
        double phi = Burstiness.of(polls(0, 10, 0, 10, 0, 10)).phi();
        assertThat(phi).isCloseTo(10 * (1 + Math.sqrt(3.0 / 5 * 29 / 30)), within(1e-12));
    }

    @Test
    void pollsWithoutRequestsAreLeftOut() {
        List<Count> polls = polls(0, 10, 0, 10, 0, 10);
        polls.add(3, Count.NONE);
        assertThat(Burstiness.of(polls)).isEqualTo(Burstiness.of(polls(0, 10, 0, 10, 0, 10)));
    }

    @Test
    void aStepThatStaysCountsForLessThanBurstsOfTheSameSize() {
        assertThat(Burstiness.of(polls(0, 0, 0, 0, 10, 10, 10, 10)).phi())
                .isLessThan(Burstiness.of(polls(0, 0, 10, 0, 10, 10, 0, 10)).phi() / 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoOverdispersion(double phi) {
        assertThatThrownBy(() -> new Burstiness(phi)).hasMessageContaining("1 or more");
    }
}
