package io.jenkins.plugins.chaosgate.report;

import java.time.Duration;
import java.util.Locale;

/** Writes times since a gate's start, and lengths of time, for people. */
final class Elapsed {

    private Elapsed() {}

    /** {@code 00:12.8}: minutes, seconds, tenths; from one hour on {@code 1:00:12.8}. Never below zero. */
    static String stamp(Duration since) {
        Duration time = since.isNegative() ? Duration.ZERO : since;
        String tail = String.format(
                Locale.ROOT, "%02d:%02d.%d", time.toMinutesPart(), time.toSecondsPart(), time.toMillisPart() / 100);
        return time.toHours() > 0 ? time.toHours() + ":" + tail : tail;
    }

    /** {@code 00:12}, from one hour on {@code 1:00:12}: for the axis of a chart. */
    static String clock(Duration since) {
        String stamp = stamp(since);
        return stamp.substring(0, stamp.length() - 2);
    }

    /** {@code 14 ms}, {@code 2.2 s}, {@code 3 min 20 s}, {@code 1 h 5 min}. */
    static String length(Duration length) {
        if (length.toMillis() < 1000) {
            return length.toMillis() + " ms";
        }
        if (length.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(length.toMillis() / 100.0) / 10);
        }
        return length.toHours() == 0
                ? parts(length.toMinutes(), " min", length.toSecondsPart(), " s")
                : parts(length.toHours(), " h", length.toMinutesPart(), " min");
    }

    private static String parts(long large, String largeUnit, int small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
