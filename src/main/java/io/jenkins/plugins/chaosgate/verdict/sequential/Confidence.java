package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.math.BigDecimal;

/**
 * How often a decision may be wrong.
 *
 * @param alpha the chance of ever calling a canary violated that keeps its limit; above 0 and below 1
 * @param beta the chance of ever letting one pass early that does not keep its limit; above 0 and below 1
 */
public record Confidence(double alpha, double beta) {

    /** 1 % for violations, 5 % for early passes. */
    public static final Confidence DEFAULT = new Confidence(0.01, 0.05);

    /** @throws IllegalArgumentException for anything but shares between 0 and 1 */
    public Confidence {
        if (!(alpha > 0 && alpha < 1 && beta > 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "expected alpha and beta between 0 and 1, both excluded, but found " + alpha + " and " + beta);
        }
    }

    /** {@code certain at 99 %}. */
    String certain() {
        return "certain at " + percent(alpha);
    }

    /** {@code holds at 95 %}. */
    String holds() {
        return "holds at " + percent(beta);
    }

    /** The complement in decimals, so that 0.0001 reads 99.99 % and not a rounded 100 %. */
    static String percent(double error) {
        BigDecimal share = BigDecimal.ONE.subtract(BigDecimal.valueOf(error)).movePointRight(2);
        return share.stripTrailingZeros().toPlainString() + " %";
    }
}
