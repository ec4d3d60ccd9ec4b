package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A range of numbers with round ticks.
 *
 * @param low the first tick
 * @param high the end of the range, at least the last tick
 * @param ticks ascending, two or more
 */
record Axis(double low, double high, List<Double> ticks) {

    private static final double[] ROUND = {1, 2, 2.5, 5, 10};
    private static final long[] ROUND_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400
    };

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** An axis of values that shows everything from {@code low} to {@code high}, with about four ticks. */
    static Axis ofValues(Unit unit, double low, double high) {
        if (unit == Unit.OK) {
            return new Axis(0, 1, List.of(0.0, 1.0));
        }
        double span = high > low ? high - low : Math.max(Math.abs(high), smallest(unit));
        double step = roundStep(span / 4);
        if (unit == Unit.COUNT) {
            step = Math.max(1, Math.rint(step));
        }
        double first = Math.floor(low / step) * step;
        int steps = Math.max(1, (int) Math.ceil((low + span - first) / step - 1e-9));
        double width = step;
        List<Double> ticks =
                IntStream.rangeClosed(0, steps).mapToObj(i -> first + i * width).toList();
        return new Axis(first, ticks.get(ticks.size() - 1), ticks);
    }

    /** An axis of times since a beginning, in seconds, from 0 to the length, with at most eight ticks. */
    static Axis ofTime(Duration length) {
        double seconds = Math.max(1, length.toMillis() / 1000.0);
        long step = LongStream.of(ROUND_SECONDS)
                .filter(candidate -> seconds / candidate <= 8)
                .findFirst()
                .orElse((long) Math.ceil(seconds / 8 / 86400) * 86400);
        List<Double> ticks = LongStream.rangeClosed(0, (long) (seconds / step))
                .mapToObj(i -> (double) (i * step))
                .toList();
        return new Axis(0, seconds, ticks);
    }

    /** Where a value lies between the ends, 0 to 1; what is outside is put at the nearer end. */
    double share(double value) {
        return Math.min(1, Math.max(0, (value - low) / (high - low)));
    }

    /** A tick's number with its unit, short enough to stand beside an axis: {@code 500 ms}, {@code 7.5 M}. */
    static String label(Unit unit, double tick) {
        boolean bare = unit == Unit.NUMBER || unit == Unit.COUNT || unit == Unit.PER_SECOND;
        double size = Math.abs(tick);
        if (!bare || size < 10_000) {
            return unit.format(tick);
        }
        if (size >= 1e15) {
            return String.format(Locale.ROOT, "%.1e", tick);
        }
        int power = (int) Math.floor(Math.log10(size) / 3);
        String scaled = Unit.NUMBER.format(tick / Math.pow(1000, power)) + " " + "kMGT".charAt(power - 1);
        return unit == Unit.PER_SECOND ? scaled + "/s" : scaled;
    }

    private static double smallest(Unit unit) {
        return switch (unit) {
            case FRACTION -> 0.01;
            case SECONDS -> 0.1;
            default -> 1;
        };
    }

    private static double roundStep(double raw) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double round : ROUND) {
            if (round * magnitude >= raw * (1 - 1e-9)) {
                return round * magnitude;
            }
        }
        return 10 * magnitude;
    }
}
