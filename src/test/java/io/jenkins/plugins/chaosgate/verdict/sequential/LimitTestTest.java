package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTestTest {

    @Test
    void agreesWithAnIndependentImplementation() throws IOException {
        List<String[]> rows = Reference.rows("limit-test.csv");
        assertThat(rows).hasSizeGreaterThan(60);
        for (String[] row : rows) {
            double phi = Double.parseDouble(row[3]);
            double bad = Double.parseDouble(row[0]) / phi;
            double total = Double.parseDouble(row[1]) / phi;
            LimitTest test = new LimitTest(Double.parseDouble(row[2]));
            double above = Double.parseDouble(row[4]);
            double below = Double.parseDouble(row[5]);
            String what = String.join(" ", row);
            assertThat(test.logEvidenceAbove(bad, total)).as(what).isCloseTo(above, Reference.billionth(above));
            assertThat(test.logEvidenceBelow(bad, total)).as(what).isCloseTo(below, Reference.billionth(below));
        }
    }

    @Test
    void isTheFormulaWhereThatCanBeComputedAsItStands() {
        double limit = 0.01;
        double a = 0.5;
        double b = 0.1 / limit;
        double x = 7;
        double n = 300;
        double formula = Beta.logBeta(a + x, b + n - x)
                + Math.log(1 - Beta.regularizedBeta(limit, a + x, b + n - x))
                - Beta.logBeta(a, b)
                - Math.log(1 - Beta.regularizedBeta(limit, a, b))
                - x * Math.log(limit)
                - (n - x) * Math.log(1 - limit);
        assertThat(new LimitTest(limit).logEvidenceAbove(x, n)).isCloseTo(formula, within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.001, 0.01, 0.3, 0.9})
    void moreBadRequestsAreMoreEvidenceAndMoreGoodOnesLess(double limit) {
        LimitTest test = new LimitTest(limit);
        for (int bad = 0; bad < 200; bad++) {
            assertThat(test.logEvidenceAbove(bad + 1, 200)).isGreaterThan(test.logEvidenceAbove(bad, 200));
            assertThat(test.logEvidenceBelow(bad + 1, 200)).isLessThan(test.logEvidenceBelow(bad, 200));
            assertThat(test.logEvidenceAbove(bad, 201)).isLessThan(test.logEvidenceAbove(bad, 200));
            assertThat(test.logEvidenceBelow(bad, 201)).isGreaterThan(test.logEvidenceBelow(bad, 200));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.01, 0.5, 0.9})
    void staysSoundOnTheWholeRange(double limit) {
        LimitTest test = new LimitTest(limit);
        for (double total = 1; total <= 1e9; total *= 10) {
            double before = Double.NEGATIVE_INFINITY;
            for (double share = 0; share <= 1; share += 0.0625) {
                double evidence = test.logEvidenceAbove(share * total, total);
                assertThat(evidence).as("%s of %s", share, total).isFinite().isGreaterThan(before);
                assertThat(test.logEvidenceBelow(share * total, total)).isFinite();
                before = evidence;
            }
        }
    }

    @Test
    void whatIsCertainIsWhatTheEvidenceSays() {
        LimitTest test = new LimitTest(0.02);
        for (int total = 1; total < 600; total += 13) {
            for (int bad = 0; bad <= total; bad++) {
                assertThat(test.isCertainlyAbove(bad, total, 0.01))
                        .isEqualTo(test.logEvidenceAbove(bad, total) >= Math.log(100));
                assertThat(test.isCertainlyBelow(bad, total, 0.05))
                        .isEqualTo(test.logEvidenceBelow(bad, total) >= Math.log(20));
            }
        }
    }

    @Test
    void nothingIsCertainBeforeTheFirstRequest() {
        LimitTest test = new LimitTest(0.01);
        assertThat(test.logEvidenceAbove(0, 0)).isZero();
        assertThat(test.logEvidenceBelow(0, 0)).isZero();
        assertThat(test.isCertainlyAbove(0, 0, 0.01)).isFalse();
        assertThat(test.isCertainlyBelow(0, 0, 0.05)).isFalse();
    }

    /** One step from any state multiplies the evidence by at most 1 on average, if the share is at its limit or better. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.005, 0})
    void theEvidenceIsASupermartingaleForHealthyCanaries(double share) {
        LimitTest test = new LimitTest(0.01);
        for (int bad : new int[] {0, 1, 5, 40}) {
            double now = test.logEvidenceAbove(bad, 400);
            double next = share * Math.exp(test.logEvidenceAbove(bad + 1, 401) - now)
                    + (1 - share) * Math.exp(test.logEvidenceAbove(bad, 401) - now);
            assertThat(next).isLessThanOrEqualTo(1 + 1e-12);
            if (share == 0.01) {
                assertThat(next).isCloseTo(1, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void refusesLimitsThatLeaveNothingToTest(double limit) {
        assertThatThrownBy(() -> new LimitTest(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void refusesImpossibleCounts() {
        LimitTest test = new LimitTest(0.01);
        assertThatThrownBy(() -> test.logEvidenceAbove(2, 1)).hasMessageContaining("2.0 of 1.0");
        assertThatThrownBy(() -> test.logEvidenceBelow(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.logEvidenceAbove(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
