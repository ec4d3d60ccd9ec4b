package io.jenkins.plugins.chaosgate.report;

import static io.jenkins.plugins.chaosgate.report.ChartFrame.BOTTOM;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.TOP;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.number;
import static java.util.stream.Collectors.toList;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws what a threshold showed, look by look. A line joins only neighbours of one phase: counting starts anew with each
 * phase, and where a look showed nothing there is a gap and not a guess.
 */
final class ChartSeries {

    /** With more looks than this, only what broke a limit gets a mark of its own. */
    private static final int MAX_DOTS = 200;

    private final ChartFrame frame;
    private final Threshold threshold;
    private final List<Look> looks;
    private final Markup svg;
    /** Where breaches were drawn: a long gate has many in one place. */
    private final Set<String> marked = new HashSet<>();

    ChartSeries(ChartFrame frame, ThresholdRecord record, Markup svg) {
        this.frame = frame;
        this.threshold = record.threshold();
        this.looks = record.looks();
        this.svg = svg;
    }

    void draw(String gapFill) {
        gaps(gapFill);
        for (List<Look> run : runs()) {
            OptionalDouble ratio = threshold.judging().maxRatio();
            line("cg-stable", run, seen -> seen.stable());
            ratio.ifPresent(times -> line("cg-limit", run, seen -> scaled(seen.stable(), times)));
            line("cg-line", run, seen -> OptionalDouble.of(seen.value()));
        }
        looks.forEach(this::mark);
    }

    /** Unbroken sequences of looks of one phase that showed a value. */
    private List<List<Look>> runs() {
        List<List<Look>> runs = new ArrayList<>();
        Look before = null;
        for (Look look : looks) {
            boolean joined = before != null
                    && before.observation().isPresent()
                    && before.phase() == look.phase()
                    && look.observation().isPresent();
            if (look.observation().isPresent()) {
                if (!joined) {
                    runs.add(new ArrayList<>());
                }
                runs.get(runs.size() - 1).add(look);
            }
            before = look;
        }
        return runs;
    }

    private void line(String style, List<Look> run, Function<Observation, OptionalDouble> valueOf) {
        List<double[]> places = new ArrayList<>();
        for (Look look : run) {
            OptionalDouble value = valueOf.apply(look.observation().orElseThrow());
            value.ifPresent(shown -> places.add(new double[] {frame.x(look.at()), frame.y(shown)}));
        }
        String points = thinned(places).stream()
                .map(place -> number(place[0]) + "," + number(place[1]))
                .collect(Collectors.joining(" "));
        if (points.contains(" ")) {
            svg.empty("polyline", "class", style, "fill", "none", "stroke", "currentColor", "points", points);
        }
    }

    /** What shares a column of the drawing is shown by its first, lowest, highest and last place: the rest hides behind. */
    private static List<double[]> thinned(List<double[]> places) {
        if (places.size() <= MAX_DOTS) {
            return places;
        }
        Map<Long, List<double[]>> columns =
                places.stream().collect(Collectors.groupingBy(place -> Math.round(place[0]), TreeMap::new, toList()));
        Comparator<double[]> byHeight = Comparator.comparingDouble(place -> place[1]);
        return columns.values().stream()
                .flatMap(column -> Stream.of(
                                column.get(0),
                                Collections.min(column, byHeight),
                                Collections.max(column, byHeight),
                                column.get(column.size() - 1))
                        .distinct())
                .toList();
    }

    private void gaps(String fill) {
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).missing().isEmpty()) {
                continue;
            }
            int first = i;
            while (i + 1 < looks.size() && looks.get(i + 1).missing().isPresent()) {
                i++;
            }
            gap(first, i, fill);
        }
    }

    /** From the look before the first missing one to the look after the last: in between nothing is known. */
    private void gap(int first, int last, String fill) {
        double from = frame.x(looks.get(Math.max(0, first - 1)).at());
        double to = frame.x(looks.get(Math.min(looks.size() - 1, last + 1)).at());
        double left = Math.min(from, ChartFrame.RIGHT - 3.0);
        double width = Math.max(3, to - left);
        String why = looks.get(first).missing().orElseThrow().why().words();
        svg.open("g", "class", "cg-gap")
                .leaf(
                        "title",
                        stamp(looks.get(first)) + ": "
                                + looks.get(first).missing().orElseThrow().detail())
                .empty(
                        "rect",
                        "fill",
                        fill,
                        "x",
                        number(left),
                        "y",
                        TOP,
                        "width",
                        number(width),
                        "height",
                        BOTTOM - TOP);
        if (width > why.length() * 6.4) {
            svg.leaf(
                    "text",
                    why,
                    "class",
                    "cg-gap-name",
                    "x",
                    number(left + width / 2),
                    "y",
                    (TOP + BOTTOM) / 2 + 4,
                    "text-anchor",
                    "middle");
        }
        svg.close();
    }

    private void mark(Look look) {
        look.observation().ifPresent(seen -> {
            String x = number(frame.x(look.at()));
            String y = number(frame.y(seen.value()));
            String words = stamp(look) + ": " + Limits.words(threshold, seen);
            if (!seen.ok() && isRoomFor(look, seen)) {
                // A shape of its own as well as a colour: not everybody tells red from green.
                svg.open("path", "class", "cg-breach", "d", "M" + x + " " + y + "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z")
                        .leaf("title", words + ", beyond the limit")
                        .close();
            } else if (seen.ok() && looks.size() <= MAX_DOTS) {
                svg.open("circle", "class", "cg-dot", "cx", x, "cy", y, "r", 2.6)
                        .leaf("title", words)
                        .close();
            }
        });
    }

    private boolean isRoomFor(Look look, Observation breach) {
        long column = Math.round(frame.x(look.at()) / 3);
        long row = Math.round(frame.y(breach.value()) / 3);
        return looks.size() <= MAX_DOTS || marked.add(column + " " + row);
    }

    private String stamp(Look look) {
        return Elapsed.stamp(Duration.between(frame.begin(), look.at()));
    }

    private static OptionalDouble scaled(OptionalDouble value, double factor) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : OptionalDouble.empty();
    }
}
