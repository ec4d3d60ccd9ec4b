package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well512a;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioBurstTestTest {

    private static final Burstiness THREE = new Burstiness(3);
    private static final int POLLS = 120;

    private static RatioBurstTest after(int... badOfCanary) {
        RatioBurstTest test = RatioBurstTest.fresh(1, THREE);
        for (int bad : badOfCanary) {
            test = test.plus(Count.of(bad, 50), Count.of(2, 450));
        }
        return test;
    }

    @Test
    void whatFailsAllTheTimeIsTold() {
        assertThat(after(3, 3, 3, 3).logEvidence())
                .isGreaterThan(after(12, 0, 0, 0).logEvidence() + 2)
                .isPositive();
    }

    @Test
    void whatFailsAsOftenInBothArmsIsNoEvidence() {
        RatioBurstTest test = RatioBurstTest.fresh(1, THREE);
        for (int i = 0; i < 50; i++) {
            test = test.plus(Count.of(5, 50), Count.of(45, 450));
        }
        assertThat(test.logEvidence()).isLessThan(-5);
        assertThat(test.isCertainlyAbove(0.01)).isFalse();
    }

    @Test
    void itStartsWithoutEvidence() {
        assertThat(RatioBurstTest.fresh(1, THREE).logEvidence()).isCloseTo(0, within(1e-12));
    }

    @Test
    void whereNoBurstsAreKnownItNeverStandsInTheWay() {
        assertThat(RatioBurstTest.fresh(1, Burstiness.NONE)
                        .plus(Count.of(0, 50), Count.of(9, 50))
                        .isCertainlyAbove(0.01))
                .isTrue();
    }

    /** The share of gates that are stopped within ten minutes; stable at 90 requests/s, the canary at 10/s. */
    private static double stopped(double ofStable, double times, double phi, int gates) {
        Arms arms = new Arms(ofStable, phi);
        int stopped = 0;
        for (int gate = 0; gate < gates; gate++) {
            RatioState state = RatioState.fresh(1, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
            for (int poll = 0; poll < POLLS && state.decision() != Decision.VIOLATED; poll++) {
                state = state.plus(arms.draw(50, times), arms.draw(450, 1));
            }
            stopped += state.decision() == Decision.VIOLATED ? 1 : 0;
        }
        return (double) stopped / gates;
    }

    private static final class Arms {
        private final Well512a random = new Well512a(42);
        private final RandomGenerator totals = new SplittableRandom(42);
        private final double share;
        private final double phi;

        Arms(double share, double phi) {
            this.share = share;
            this.phi = phi;
        }

        Count draw(int requests, double times) {
            double mean = share * times * requests;
            double rate = phi == 1 ? mean : new GammaDistribution(random, mean / (phi - 1), phi - 1).sample();
            int bad = rate < 1e-9 ? 0 : new PoissonDistribution(random, rate, 1e-12, 10_000).sample();
            return Count.of(bad, bad + requests + totals.nextInt(5));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.005, 1", "0.005, 3", "0.02, 3"})
    void atMostOneInAHundredIsWronglyStoppedWhereBothAreAlike(double share, double phi) {
        assertThat(stopped(share, 1, phi, 300)).isLessThanOrEqualTo(0.01);
    }

    @Tag("bench")
    @ParameterizedTest
    @CsvSource({"0.001, 1", "0.001, 3", "0.005, 1", "0.005, 3", "0.02, 1", "0.02, 3"})
    void atMostOneInAHundredIsWronglyStoppedOfTenThousand(double share, double phi) {
        assertThat(stopped(share, 1, phi, 10_000)).isLessThanOrEqualTo(0.01);
    }

    @Test
    void aCanaryThatFailsFiveTimesAsOftenIsFound() {
        assertThat(stopped(0.005, 5, 1, 100)).isEqualTo(1);
    }
}
