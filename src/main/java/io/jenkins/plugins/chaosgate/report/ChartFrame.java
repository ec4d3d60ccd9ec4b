package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Where things lie on a chart: a time and a value become a place in the drawing.
 *
 * @param begin the time at the left edge
 */
record ChartFrame(Instant begin, Axis times, Axis values) {

    static final int WIDTH = 760;
    static final int HEIGHT = 248;
    static final int LEFT = 66;
    static final int RIGHT = WIDTH - 14;
    static final int TOP = 40;
    static final int BOTTOM = HEIGHT - 26;

    /** A frame in which the whole gate, all values and all limits of one threshold find room. */
    static ChartFrame of(GateSnapshot gate, ThresholdRecord record) {
        Instant begin = gate.ticket().since();
        Threshold threshold = record.threshold();
        Bounds bounds = threshold.judging().bounds();
        OptionalDouble ratio = threshold.judging().maxRatio();
        double[] shown = DoubleStream.concat(
                        Stream.of(bounds.min(), bounds.max())
                                .flatMapToDouble(OptionalDouble::stream)
                                .map(limit -> limit * (limit > 0 ? 1.12 : 1)),
                        record.looks().stream()
                                .map(Look::observation)
                                .flatMap(Optional::stream)
                                .flatMapToDouble(seen -> shown(seen, ratio)))
                .filter(Double::isFinite)
                .toArray();
        double low = Math.min(0, DoubleStream.of(shown).min().orElse(0));
        double high = Math.max(low, DoubleStream.of(shown).max().orElse(0));
        return new ChartFrame(
                begin,
                Axis.ofTime(Duration.between(begin, Times.lastKnown(gate))),
                Axis.ofValues(threshold.unit(), low, high));
    }

    private static DoubleStream shown(Observation seen, OptionalDouble ratio) {
        double stable = seen.stable().orElse(0);
        return DoubleStream.of(seen.value(), stable, stable * ratio.orElse(0));
    }

    double x(Instant at) {
        return x(Duration.between(begin, at).toMillis() / 1000.0);
    }

    double x(double seconds) {
        return LEFT + times.share(seconds) * (RIGHT - LEFT);
    }

    double y(double value) {
        return BOTTOM - values.share(value) * (BOTTOM - TOP);
    }

    /** A place in the drawing as SVG writes it, exact to a tenth. */
    static String number(double place) {
        String text = String.format(Locale.ROOT, "%.1f", place);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
