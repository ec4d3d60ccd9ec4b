package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.AbstractIntegerDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PascalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BurstTestTest {

    private static final Burstiness THREE = new Burstiness(3);

    private static BurstTest after(BurstTest test, Count... polls) {
        BurstTest next = test;
        for (Count poll : polls) {
            next = next.plus(poll);
        }
        return next;
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 3", "1, 2, 3", "7, 2, 3", "60, 2, 3", "0, 6, 2", "5, 6, 2", "45, 6, 2"})
    void chancesAreThoseOfTheLibrarysNegativeBinomialNumbers(int bad, double mean, double phi) {
        PascalDistribution library = new PascalDistribution((int) Math.round(mean / (phi - 1)), 1 / phi);
        double factorial = new PoissonDistribution(1).logProbability(bad) + 1;
        assertThat(BurstChance.inBursts(bad, mean, phi) + factorial)
                .isCloseTo(library.logProbability(bad), within(1e-8));
    }

    @Test
    void onePollThatFailsSingly() {
        FailingCanaries failing = FailingCanaries.of(0.01, Burstiness.NONE);
        BinomialDistribution atTheLimit = new BinomialDistribution(100, 0.01);
        double ratio = 0;
        for (int i = 0; i < failing.number(); i++) {
            ratio += failing.weights()[i]
                    * (failing.phis()[i] == 1 ? new BinomialDistribution(100, failing.shares()[i]).probability(3) : 0)
                    / atTheLimit.probability(3);
        }
        BurstTest after = after(BurstTest.fresh(0.01, Burstiness.NONE), Count.of(3, 100));
        assertThat(after.logEvidence()).isCloseTo(Math.log(ratio), within(1e-10));
        double weight = 1 - 1 / (1 + Math.log(2));
        assertThat(after.logEvidenceSinceSomeTime()).isCloseTo(Math.log(weight * ratio), within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 2, 3})
    void atTheLimitTheEvidenceIsAtMostOneOnAverage(double phi) {
        // A shape of 2 at every φ, so that the library's distribution takes it.
        double mean = phi == 1 ? 2 : 2 * (phi - 1);
        AbstractIntegerDistribution polls =
                phi == 1 ? new PoissonDistribution(mean) : new PascalDistribution(2, 1 / phi);
        double average = 0;
        BurstTest fresh = BurstTest.fresh(0.01, THREE);
        long requests = Math.round(mean * 100);
        for (int bad = 0; bad <= Math.min(requests, 120); bad++) {
            average += polls.probability(bad)
                    * Math.exp(after(fresh, Count.of(bad, requests)).logEvidence());
        }
        assertThat(average).isLessThanOrEqualTo(1).isGreaterThan(0.2);
    }

    @Test
    void whatFailsAllTheTimeIsTold() {
        BurstTest steady = after(BurstTest.fresh(0.01, THREE), Count.of(3, 50), Count.of(3, 50), Count.of(3, 50));
        BurstTest atOnce = after(BurstTest.fresh(0.01, THREE), Count.of(9, 50), Count.of(0, 50), Count.of(0, 50));
        assertThat(steady.logEvidence()).isGreaterThan(atOnce.logEvidence() + 2);
    }

    @Test
    void theMoreIsAllowedForTheLessIsCertain() {
        double before = Double.POSITIVE_INFINITY;
        for (double phi : new double[] {1, 1.5, 3, 10, 100}) {
            double evidence = after(BurstTest.fresh(0.01, new Burstiness(phi)), Count.of(6, 50), Count.of(4, 50))
                    .logEvidence();
            assertThat(evidence).isLessThanOrEqualTo(before);
            before = evidence;
        }
    }

    @Test
    void withoutRequestsThereIsNoEvidence() {
        assertThat(BurstTest.fresh(0.01, THREE).logEvidence()).isCloseTo(0, within(1e-12));
        BurstTest some = after(BurstTest.fresh(0.01, THREE), Count.of(2, 50));
        assertThat(some.plus(Count.NONE).logEvidence()).isEqualTo(some.logEvidence());
    }
}
