package io.jenkins.plugins.chaosgate.report;

import static io.jenkins.plugins.chaosgate.report.ChartFrame.BOTTOM;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.HEIGHT;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.LEFT;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.RIGHT;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.TOP;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.WIDTH;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.number;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import java.time.Duration;

/**
 * One threshold over the life of a gate, as SVG: its values, its limits, the phases, the time of the fault, what broke
 * the limits, and gaps where there was no data. It needs no script, and suits light and dark.
 */
public final class SvgChart {

    private final GateSnapshot gate;
    private final ThresholdRecord record;
    private final ChartFrame frame;
    private final Markup svg = new Markup();

    private SvgChart(GateSnapshot gate, ThresholdRecord record) {
        this.gate = gate;
        this.record = record;
        this.frame = ChartFrame.of(gate, record);
    }

    /**
     * The chart of one threshold with its own style, to stand in an HTML page or in a file of its own.
     *
     * @param threshold its index in the experiment
     */
    public static String of(GateSnapshot gate, int threshold) {
        return new SvgChart(gate, gate.thresholds().get(threshold)).draw("chart-" + (threshold + 1), true);
    }

    /**
     * The same chart without any style, for a page that links to {@code chart.css}. Its ids carry the gate's, so that
     * charts of several gates can stand on one page.
     *
     * @param threshold its index in the experiment
     */
    public static String unstyled(GateSnapshot gate, int threshold) {
        String id = "chart-" + gate.ticket().id() + "-" + (threshold + 1);
        return new SvgChart(gate, gate.thresholds().get(threshold)).draw(id, false);
    }

    private String draw(String id, boolean styled) {
        Threshold threshold = record.threshold();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "class",
                "cg-chart",
                "role",
                "img",
                "font-size",
                "11",
                "aria-labelledby",
                id + "-title " + id + "-desc");
        svg.leaf("title", threshold.title() + ", limit " + Limits.words(threshold), "id", id + "-title");
        svg.leaf("desc", description(), "id", id + "-desc");
        if (styled) {
            svg.open("style").raw(ChartStyle.CSS).close();
        }
        gapPattern(id);
        new ChartBackground(gate, frame, svg).draw();
        grid();
        limits();
        new ChartSeries(frame, record, svg).draw("url(#" + id + "-gap)");
        return svg.close().line().toString();
    }

    private String description() {
        ThresholdResult result = ThresholdResult.of(record, gate);
        return "Under the fault: " + result.observed() + " observations, "
                + result.breaches() + " broke the limit, " + result.missing() + " looks without data."
                + result.worst()
                        .map(seen -> " Worst: " + Limits.words(record.threshold(), seen) + ".")
                        .orElse("");
    }

    private void gapPattern(String id) {
        svg.open("defs")
                .open(
                        "pattern",
                        "id",
                        id + "-gap",
                        "width",
                        6,
                        "height",
                        6,
                        "patternUnits",
                        "userSpaceOnUse",
                        "patternTransform",
                        "rotate(45)")
                .empty("rect", "width", 1.5, "height", 6, "class", "cg-gap-line")
                .close()
                .close();
    }

    private void grid() {
        Unit unit = record.threshold().unit();
        for (double tick : frame.values().ticks()) {
            String y = number(frame.y(tick));
            svg.empty("line", "class", "cg-grid", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y);
            svg.leaf(
                    "text",
                    Axis.label(unit, tick),
                    "class",
                    "cg-tick",
                    "x",
                    LEFT - 8,
                    "y",
                    number(frame.y(tick) + 4),
                    "text-anchor",
                    "end");
        }
        for (double tick : frame.times().ticks()) {
            svg.leaf(
                    "text",
                    Elapsed.clock(Duration.ofSeconds((long) tick)),
                    "class",
                    "cg-tick",
                    "x",
                    number(frame.x(tick)),
                    "y",
                    BOTTOM + 17,
                    "text-anchor",
                    "middle");
        }
    }

    private void limits() {
        Unit unit = record.threshold().unit();
        if (unit == Unit.OK) {
            return;
        }
        record.threshold().judging().bounds().max().ifPresent(max -> {
            double y = frame.y(max);
            forbidden(TOP, y - TOP);
            limitLine(y, "at most " + unit.format(max), y - 5 < TOP + 8 ? y + 13 : y - 5);
        });
        record.threshold().judging().bounds().min().ifPresent(min -> {
            double y = frame.y(min);
            forbidden(y, BOTTOM - y);
            limitLine(y, "at least " + unit.format(min), y + 13 > BOTTOM ? y - 5 : y + 13);
        });
    }

    private void forbidden(double top, double height) {
        svg.empty(
                "rect",
                "class",
                "cg-forbidden",
                "fill-opacity",
                "0.08",
                "x",
                LEFT,
                "y",
                number(top),
                "width",
                RIGHT - LEFT,
                "height",
                number(Math.max(0, height)));
    }

    private void limitLine(double y, String words, double wordsY) {
        svg.empty(
                "line",
                "class",
                "cg-limit",
                "stroke",
                "currentColor",
                "stroke-dasharray",
                "5 4",
                "x1",
                LEFT,
                "x2",
                RIGHT,
                "y1",
                number(y),
                "y2",
                number(y));
        svg.leaf("text", words, "class", "cg-limit-name", "x", RIGHT - 4, "y", number(wordsY), "text-anchor", "end");
    }
}
