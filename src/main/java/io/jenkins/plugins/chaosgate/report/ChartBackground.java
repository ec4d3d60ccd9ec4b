package io.jenkins.plugins.chaosgate.report;

import static io.jenkins.plugins.chaosgate.report.ChartFrame.BOTTOM;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.LEFT;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.RIGHT;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.TOP;
import static io.jenkins.plugins.chaosgate.report.ChartFrame.number;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.FaultRecord;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.PhaseSpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What every chart of a gate has in common: the phases, shaded and named, and the time during which a fault was in. */
final class ChartBackground {

    /** On average, and rather too much: a name that does not fit is left out. */
    private static final double WIDTH_OF_A_LETTER = 6.4;

    private final GateSnapshot gate;
    private final ChartFrame frame;
    private final Markup svg;

    ChartBackground(GateSnapshot gate, ChartFrame frame, Markup svg) {
        this.gate = gate;
        this.frame = frame;
        this.svg = svg;
    }

    void draw() {
        phases();
        faultTime();
    }

    private void phases() {
        Instant end = Times.lastKnown(gate);
        double freeFrom = LEFT;
        for (int i = 0; i < gate.phases().size(); i++) {
            PhaseSpan span = gate.phases().get(i);
            double from = frame.x(span.startedAt());
            double to = frame.x(span.endedAt().orElse(end));
            String name = LiveLine.doing(span.name());
            svg.open(
                            "rect",
                            "class",
                            i % 2 == 0 ? "cg-phase" : "cg-phase cg-odd",
                            "fill-opacity",
                            "0.06",
                            "x",
                            number(from),
                            "y",
                            16,
                            "width",
                            number(to - from),
                            "height",
                            BOTTOM - 16)
                    .leaf("title", name)
                    .close();
            if (to - from > name.length() * WIDTH_OF_A_LETTER && from >= freeFrom) {
                svg.leaf("text", name, "class", "cg-name", "x", number(from + 5), "y", 29);
                freeFrom = from + name.length() * WIDTH_OF_A_LETTER;
            }
        }
    }

    private void faultTime() {
        List<FaultRecord> injected = gate.faults().stream()
                .filter(fault -> fault.injectedAt().isPresent())
                .toList();
        Optional<Instant> in =
                injected.stream().flatMap(fault -> fault.injectedAt().stream()).min(Instant::compareTo);
        boolean allOut = injected.stream().allMatch(fault -> fault.removedAt().isPresent());
        Instant out = injected.stream()
                .flatMap(fault -> fault.removedAt().stream())
                .max(Instant::compareTo)
                .filter(last -> allOut)
                .orElse(Times.lastKnown(gate));
        in.ifPresent(since -> {
            double from = frame.x(since);
            double width = Math.max(1, frame.x(out) - from);
            svg.empty(
                    "rect",
                    "class",
                    "cg-fault",
                    "fill-opacity",
                    "0.1",
                    "x",
                    number(from),
                    "y",
                    TOP,
                    "width",
                    number(width),
                    "height",
                    BOTTOM - TOP);
            svg.empty("rect", "class", "cg-fault-bar", "x", number(from), "y", 13, "width", number(width), "height", 3);
            String words = allOut || gate.verdict().isEmpty() ? "fault is in" : "fault is in, not seen out";
            boolean nearTheEnd = from + words.length() * WIDTH_OF_A_LETTER > RIGHT;
            svg.leaf(
                    "text",
                    words,
                    "class",
                    "cg-fault-name",
                    "x",
                    number(nearTheEnd ? RIGHT : from),
                    "y",
                    10,
                    "text-anchor",
                    nearTheEnd ? "end" : "start");
        });
    }
}
