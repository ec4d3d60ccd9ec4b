package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.OptionalDouble;

/** Amounts of the experiment language that are given elsewhere, such as on a command line. */
public final class Amounts {

    private static final RateType RATE = new RateType();

    private Amounts() {}

    /** {@code 10/s} or {@code 600/m}, per second; empty where the text is none of these. */
    public static OptionalDouble rate(String text) {
        return ThresholdFields.unboxed(RATE.parse(text, null).value());
    }
}
