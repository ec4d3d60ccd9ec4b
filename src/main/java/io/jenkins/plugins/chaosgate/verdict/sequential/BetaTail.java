package io.jenkins.plugins.chaosgate.verdict.sequential;

import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.util.ContinuedFraction;

/**
 * Tails of the incomplete beta integral in log space, divided by the integrand's powers at the cut:
 *
 * <p>{@code lower(α, β) = ln ∫₀ᵖ tᵅ⁻¹(1−t)ᵝ⁻¹ dt − α ln p − β ln(1−p)}, and {@code upper} the same from p to 1.
 *
 * <p>Divided like this, nothing under- or overflows, and differences of two tails keep their digits, however large the
 * exponents. The tail on the far side of the mean is the library's continued fraction (DLMF 8.17.22, here with its
 * prefactor cancelled). The other one is the whole integral less that tail, in log space. The whole integral, so
 * divided, is a ratio of three gamma densities near their modes, which the library gives without cancellation;
 * {@code Beta.logBeta} would leave too few digits at 10⁹ requests.
 */
final class BetaTail {

    private static final double EPSILON = 1e-15;
    /** About the square root of the largest exponent is needed; this is ten times that for 10⁹ requests. */
    private static final int MAX_TERMS = 1_000_000;

    private final double p;
    private final double q;
    private final double logP;
    private final double logQ;

    /** @param p where to cut, above 0 and below 1 */
    BetaTail(double p) {
        this.p = p;
        this.q = 1 - p;
        this.logP = Math.log(p);
        this.logQ = Math.log1p(-p);
    }

    /** The log of the tail from 0 to p; α and β above 0. */
    double lower(double alpha, double beta) {
        return isSmallerBelow(alpha, beta)
                ? fraction(alpha, beta, p)
                : rest(whole(alpha, beta), fraction(beta, alpha, q));
    }

    /** The log of the tail from p to 1; α and β above 0. */
    double upper(double alpha, double beta) {
        return isSmallerBelow(alpha, beta)
                ? rest(whole(alpha, beta), fraction(alpha, beta, p))
                : fraction(beta, alpha, q);
    }

    /** Whether the fraction converges fast for the tail below p; if not, it does for the one above. */
    private boolean isSmallerBelow(double alpha, double beta) {
        return p <= (alpha + 1) / (alpha + beta + 2);
    }

    private static double rest(double logWhole, double logPart) {
        return logWhole + Math.log1p(-Math.exp(logPart - logWhole));
    }

    private static double fraction(double alpha, double beta, double x) {
        return -Math.log(alpha) - Math.log(new Incomplete(alpha, beta).evaluate(x, EPSILON, MAX_TERMS));
    }

    /** {@code ln B(α, β) − α ln p − β ln q}. */
    private double whole(double alpha, double beta) {
        double sum = alpha + beta;
        return logGammaDensity(sum, sum)
                - logGammaDensity(alpha, sum * p)
                - logGammaDensity(beta, sum * q)
                - logP
                - logQ
                - Math.log(sum);
    }

    private static double logGammaDensity(double shape, double at) {
        return new GammaDistribution(null, shape, 1).logDensity(at);
    }

    /** The partial fractions of the incomplete beta function, DLMF 8.17.23. */
    private static final class Incomplete extends ContinuedFraction {
        private final double a;
        private final double b;

        Incomplete(double a, double b) {
            this.a = a;
            this.b = b;
        }

        @Override
        protected double getA(int n, double x) {
            return 1;
        }

        @Override
        protected double getB(int n, double x) {
            double m = (n - n % 2) / 2.0;
            return n % 2 == 0
                    ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                    : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        }
    }
}
