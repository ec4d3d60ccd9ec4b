package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.model.Run;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentWriter;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.report.CanaryRow;
import io.jenkins.plugins.chaosgate.report.CanaryWords;
import io.jenkins.plugins.chaosgate.report.FaultRow;
import io.jenkins.plugins.chaosgate.report.FindingRow;
import io.jenkins.plugins.chaosgate.report.GuardWords;
import io.jenkins.plugins.chaosgate.report.OthersWords;
import io.jenkins.plugins.chaosgate.report.Progress;
import io.jenkins.plugins.chaosgate.report.SvgChart;
import io.jenkins.plugins.chaosgate.report.ThresholdRow;
import io.jenkins.plugins.chaosgate.report.Tile;
import io.jenkins.plugins.chaosgate.report.TimedLine;
import io.jenkins.plugins.chaosgate.report.VerdictWords;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a page shows of one gate at one moment: what the build remembers, and what the gate's log tells, where there is
 * one. Read once for each request. All words are text, to be escaped; only {@link #chart} gives markup.
 */
public final class GateView {

    private static final Logger LOGGER = Logger.getLogger(GateView.class.getName());

    private final GateEntry entry;
    private final GateState state;
    private final Optional<GateSnapshot> gate;
    private final String trouble;
    private final Instant now;

    private GateView(GateEntry entry, GateState state, Optional<GateSnapshot> gate, String trouble, Instant now) {
        this.entry = entry;
        this.state = state;
        this.gate = gate;
        this.trouble = trouble;
        this.now = now;
    }

    static GateView of(Run<?, ?> run, GateEntry entry, Instant now) {
        Optional<GateSnapshot> gate = Optional.empty();
        String trouble = "";
        try {
            gate = GateFiles.read(run, entry.getId());
            if (gate.isEmpty()) {
                trouble = entry.getVerdict() == null
                        ? "The gate has written nothing down yet."
                        : "This build has no log of the gate, so there is no more to show than this.";
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "The log of chaos gate " + entry.getId() + " of " + run + " is unreadable");
            trouble = "The log of the gate cannot be read, so there is no more to show than this. "
                    + "What is wrong with it stands in Jenkins' own log.";
        }
        // The gate writes its verdict down a moment before the build is told of it.
        GateState state = gate.flatMap(GateSnapshot::verdict)
                .map(verdict -> GateState.of(verdict.kind()))
                .orElseGet(() -> GateState.of(entry, run.isBuilding()));
        return new GateView(entry, state, gate, trouble, now);
    }

    /** All that the log tells; empty where it is not there or cannot be read. */
    Optional<GateSnapshot> snapshot() {
        return gate;
    }

    /** What the build remembers. */
    public GateEntry entry() {
        return entry;
    }

    /** How the gate stands. */
    public GateState state() {
        return state;
    }

    /** Why there is no more to show; empty where all is there. */
    public String trouble() {
        return trouble;
    }

    /** Whether there is a log. */
    public boolean isKnown() {
        return gate.isPresent();
    }

    /** What follows from how it stands. */
    public String meaning() {
        if (state == GateState.UNFINISHED) {
            return "The build is over, but this gate has not said how it ended: it is still taking its faults out, or "
                    + "Jenkins went away under it.";
        }
        return gate.map(VerdictWords::of).map(VerdictWords::meaning).orElse("");
    }

    /** Why, in words and numbers; empty while there is no verdict. */
    public String reason() {
        return gate.flatMap(GateSnapshot::verdict)
                .map(Verdict::reason)
                .orElse(entry.getReason() == null ? "" : entry.getReason());
    }

    /** {@code watching, 34 s left}; empty where it does nothing. */
    public String progress() {
        return gate.flatMap(snapshot -> Progress.words(snapshot, now)).orElse("");
    }

    /** How long it took, or has been running. */
    public String length() {
        return gate.map(snapshot -> Progress.length(snapshot, now)).orElse("");
    }

    /** When it began. */
    public Date began() {
        return new Date(entry.getStartedAt());
    }

    /** Whom it is about; null where there is no log. */
    public CanaryWords canary() {
        return gate.map(CanaryWords::of).orElse(null);
    }

    /** Whether nothing was to be hurt. */
    public boolean isControlRun() {
        return gate.map(snapshot -> snapshot.experiment().isControlRun()).orElse(false);
    }

    public List<FaultRow> faults() {
        return gate.map(FaultRow::of).orElse(List.of());
    }

    /** What became of requests out of the faults' scope; may be empty. */
    public String others() {
        return gate.map(OthersWords::of).orElse("");
    }

    /** What stands behind the faults; may be empty. */
    public String guard() {
        return gate.map(GuardWords::of).orElse("");
    }

    /** What became of the canary itself, step by step; empty where it is left as it is. */
    public List<CanaryRow> canarySteps() {
        return gate.map(CanaryRow::of).orElse(List.of());
    }

    public List<Tile> timings() {
        return gate.map(Tile::of).orElse(List.of());
    }

    public List<ThresholdRow> thresholds() {
        return gate.map(ThresholdRow::of).orElse(List.of());
    }

    /** The chart of a threshold, by its place: SVG, in which everything from outside is escaped. */
    public String chart(int threshold) {
        return gate.map(snapshot -> SvgChart.unstyled(snapshot, threshold)).orElse("");
    }

    /** How to read the charts; empty where there is none. */
    public String legend() {
        return gate.map(ThresholdRow::legend).orElse("");
    }

    public List<TimedLine> warnings() {
        return gate.map(TimedLine::warnings).orElse(List.of());
    }

    public List<FindingRow> findings() {
        return gate.map(FindingRow::of).orElse(List.of());
    }

    public List<TimedLine> phases() {
        return gate.map(TimedLine::phases).orElse(List.of());
    }

    /** What a person has to run to take out what is still in; empty where nothing is. */
    public String undo() {
        return gate.map(snapshot -> String.join("\n", snapshot.undoCommands())).orElse("");
    }

    /** What was asked, as JSON. */
    public String experiment() {
        return gate.map(snapshot ->
                        ExperimentWriter.write(snapshot.experiment()).toPrettyString())
                .orElse("");
    }
}
