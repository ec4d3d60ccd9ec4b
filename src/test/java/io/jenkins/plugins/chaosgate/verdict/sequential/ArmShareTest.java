package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many requests of which nobody knows whose they were are surely one version's. */
class ArmShareTest {

    @ParameterizedTest
    @CsvSource({"1, 10", "40, 400", "200, 400", "399, 400", "400, 400"})
    void atTheLeastShareSoManyWouldBeCountedOnceInAThousandTimes(int own, int all) {
        double least = new ArmShare(own, all).least();
        double asMany = 1 - new BinomialDistribution(null, all, least).cumulativeProbability(own - 1);
        assertThat(asMany).isCloseTo(1e-3, within(1e-6));
        assertThat(least).isGreaterThan(0).isLessThan((double) own / all);
    }

    @Test
    void whoWasNeverSeenHasNoShare() {
        assertThat(new ArmShare(0, 400).least()).isZero();
        assertThat(ArmShare.UNKNOWN.least()).isZero();
        assertThat(ArmShare.UNKNOWN.atLeastOf(1000)).isZero();
    }

    @Test
    void whoIsAloneHasAllRequests() {
        assertThat(ArmShare.WHOLE.least()).isEqualTo(1);
        assertThat(ArmShare.WHOLE.atLeastOf(867)).isEqualTo(867);
        assertThat(ArmShare.WHOLE.atLeastOf(0)).isZero();
    }

    @Test
    void laterRequestsMayLieThreeDeviationsBelowTheShare() {
        ArmShare share = new ArmShare(5_000, 10_000);
        double mean = 1000 * share.least();
        long expected = (long) Math.floor(mean - 3.1 * Math.sqrt(mean * (1 - share.least())));
        assertThat(share.atLeastOf(1000)).isEqualTo(expected).isBetween(400L, 460L);
        assertThat(share.atLeastOf(4)).as("a few may all be others'").isZero();
    }

    @Test
    void moreThanAllIsRefused() {
        assertThatThrownBy(() -> new ArmShare(11, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 11 and 10");
        assertThatThrownBy(() -> new ArmShare(-1, 10)).isInstanceOf(IllegalArgumentException.class);
    }
}
