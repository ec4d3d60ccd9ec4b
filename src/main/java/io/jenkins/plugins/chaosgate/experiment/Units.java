package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;

/** Writes amounts as an experiment file would: {@code 1m}, {@code 1m30s}, {@code 250ms}. */
public final class Units {

    private Units() {}

    /** A duration in the largest units that give it exactly, down to whole milliseconds. */
    public static String duration(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        Duration rest = duration.abs();
        append(text, rest.toHours(), "h");
        append(text, rest.toMinutesPart(), "m");
        append(text, rest.toSecondsPart(), "s");
        append(text, rest.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
