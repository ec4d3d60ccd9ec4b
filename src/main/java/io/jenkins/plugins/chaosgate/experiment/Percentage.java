package io.jenkins.plugins.chaosgate.experiment;

import java.math.BigDecimal;

/**
 * A share of requests, exact to a millionth, which is the finest that Envoy knows.
 *
 * @param millionths 1 to 1,000,000; nothing at all would be no fault
 */
public record Percentage(int millionths) {

    /** All requests. */
    public static final Percentage ALL = new Percentage(1_000_000);

    public Percentage {
        if (millionths < 1 || millionths > 1_000_000) {
            throw new IllegalArgumentException("a percentage is above 0 and at most 100 %, not " + millionths + "e-6");
        }
    }

    /** The share in percent, 0.0001 to 100. */
    public double percent() {
        return millionths / 10_000.0;
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + " %";
    }
}
