package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTestTest {

    @Test
    void agreesWithAnIndependentImplementation() throws IOException {
        for (String[] row : Reference.rows("ratio-test.csv")) {
            RatioTest test = RatioTest.fresh(Double.parseDouble(row[0]));
            for (String poll : row[1].split(" ")) {
                String[] counts = poll.split(":");
                test = test.plus(
                        Count.of(Long.parseLong(counts[1]), Long.parseLong(counts[0])),
                        Count.of(Long.parseLong(counts[3]), Long.parseLong(counts[2])),
                        1);
            }
            double above = Double.parseDouble(row[2]);
            double below = Double.parseDouble(row[3]);
            assertThat(test.logEvidenceAbove()).as(row[1]).isCloseTo(above, Reference.billionth(above));
            assertThat(test.logEvidenceBelow()).as(row[1]).isCloseTo(below, Reference.billionth(below));
        }
    }

    /** Summed over all outcomes of a poll, not sampled: also where shares are far from small. */
    @ParameterizedTest
    @CsvSource({
        "1,    0.1,  0.1",
        "1,    0.05, 0.1",
        "1,    0.9,  0.9",
        "2,    0.2,  0.1",
        "2,    0.9,  0.45",
        "0.5,  0.05, 0.1",
        "3,    0.03, 0.01"
    })
    void theEvidenceIsASupermartingaleForHealthyCanaries(double maxRatio, double canaryShare, double stableShare) {
        BinomialDistribution canary = new BinomialDistribution(null, 12, canaryShare);
        BinomialDistribution stable = new BinomialDistribution(null, 25, stableShare);
        double mean = 0;
        for (int x = 0; x <= 12; x++) {
            for (int y = 0; y <= 25; y++) {
                RatioTest test = RatioTest.fresh(maxRatio).plus(Count.of(x, 12), Count.of(y, 25), 1);
                mean += canary.probability(x) * stable.probability(y) * Math.exp(test.logEvidenceAbove());
            }
        }
        assertThat(mean).isLessThanOrEqualTo(1 + 1e-12).isGreaterThan(0.1);
    }

    @Test
    void aPollWithoutRequestsInAnArmComparesNothing() {
        RatioTest test = RatioTest.fresh(1).plus(Count.of(3, 10), Count.of(1, 50), 1);
        assertThat(test.plus(Count.of(10, 10), Count.NONE, 1).logEvidenceAbove())
                .isEqualTo(test.logEvidenceAbove());
        assertThat(test.plus(Count.NONE, Count.of(5, 5), 1).logEvidenceAbove()).isEqualTo(test.logEvidenceAbove());
        assertThat(test.plus(Count.of(0, 10), Count.of(0, 10), 1).logEvidenceAbove())
                .as("nothing bad is no evidence")
                .isCloseTo(test.logEvidenceAbove(), within(1e-12));
    }

    @Test
    void boundsAreTakenTheCarefulWay() {
        Count wide = new Count(2, 9, 20);
        assertThat(RatioTest.fresh(1).plus(wide, wide, 1).logEvidenceAbove())
                .isEqualTo(RatioTest.fresh(1)
                        .plus(Count.of(2, 20), Count.of(9, 20), 1)
                        .logEvidenceAbove());
        assertThat(RatioTest.fresh(1).plus(wide, wide, 1).logEvidenceBelow())
                .isEqualTo(RatioTest.fresh(1)
                        .plus(Count.of(9, 20), Count.of(2, 20), 1)
                        .logEvidenceBelow());
    }

    @Test
    void burstsCountForLess() {
        RatioTest plain = RatioTest.fresh(1).plus(Count.of(30, 100), Count.of(3, 100), 1);
        RatioTest bursty = RatioTest.fresh(1).plus(Count.of(30, 100), Count.of(3, 100), 3);
        assertThat(bursty.logEvidenceAbove()).isPositive().isLessThan(plain.logEvidenceAbove());
        assertThat(bursty.logEvidenceAbove())
                .isCloseTo(
                        RatioTest.fresh(1)
                                .plus(Count.of(10, 100), Count.of(1, 100), 1)
                                .logEvidenceAbove(),
                        within(1e-12));
    }

    @Test
    void refusesRatiosThatMeanNothing() {
        for (double ratio : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> RatioTest.fresh(ratio)).hasMessageContaining("maxRatio above 0");
        }
    }
}
