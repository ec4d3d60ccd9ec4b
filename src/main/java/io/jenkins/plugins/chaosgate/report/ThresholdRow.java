package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.gate.PodState;
import io.jenkins.plugins.chaosgate.gate.PodWords;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one threshold showed, or the canary's pods, for people.
 *
 * @param title {@code error rate of reviews}
 * @param limit {@code at most 1 %}
 * @param summary the limit, the worst observation and how much was missing, in sentences
 * @param latest what the newest look showed; empty where there was none
 * @param looked whether anybody looked
 * @param drawn whether there is a chart of it, as there is of every threshold that was looked at
 */
public record ThresholdRow(
        String title, Badge badge, String limit, String summary, String latest, boolean looked, boolean drawn) {

    /** One row for each threshold of the experiment, in its order; then one for the canary's pods, where there are any. */
    public static List<ThresholdRow> of(GateSnapshot gate) {
        return Stream.concat(
                        gate.thresholds().stream().map(record -> row(gate, record)),
                        PodsResult.of(gate).map(pods -> row(gate, pods)).stream())
                .toList();
    }

    private static ThresholdRow row(GateSnapshot gate, PodsResult pods) {
        return new ThresholdRow(
                PodState.TITLE,
                badge(pods.state(), gate.verdict().isEmpty()),
                pods.limit(),
                "Limit: " + pods.limit() + ". " + pods.words(),
                gate.pods().map(PodWords::standing).orElse(""),
                true,
                false);
    }

    /** How to read the charts of a gate; empty where there is none. */
    public static String legend(GateSnapshot gate) {
        if (gate.thresholds().stream().allMatch(record -> record.looks().isEmpty())) {
            return "";
        }
        boolean compared = gate.thresholds().stream()
                .anyMatch(record -> record.threshold().judging().maxRatio().isPresent());
        return "Times are minutes and seconds since the gate began. A diamond is an observation beyond the limit; "
                + "a hatched stretch is time without data. Point at a mark for its numbers."
                + (compared ? " The dotted line is the stable version." : "");
    }

    private static ThresholdRow row(GateSnapshot gate, ThresholdRecord record) {
        ThresholdResult result = ThresholdResult.of(record, gate);
        String limit = Limits.words(record.threshold());
        String worst = result.worst()
                .map(seen -> " Worst under the fault: " + Limits.words(record.threshold(), seen) + ".")
                .orElse(" Nothing was seen under the fault.");
        String blind = result.missing() == 0
                ? ""
                : " " + result.missing() + " of " + (result.missing() + result.observed()) + " looks showed no data.";
        String counted = Decide.of(record.threshold()) == Decide.SEQUENTIAL
                ? gate.judged(record)
                        .standing()
                        .map(words -> " In all: " + words + ".")
                        .orElse("")
                : "";
        return new ThresholdRow(
                record.threshold().title(),
                badge(result.state(), gate.verdict().isEmpty()),
                limit,
                "Limit: " + limit + "." + worst + counted + blind,
                latest(record),
                !record.looks().isEmpty(),
                !record.looks().isEmpty());
    }

    private static Badge badge(ThresholdResult.State state, boolean running) {
        return switch (state) {
            case HELD -> new Badge("✓ held", Badge.Tone.GOOD);
            case VIOLATED -> new Badge("✕ violated", Badge.Tone.BAD);
            case NOT_JUDGED -> new Badge(running ? "… so far" : "? not judged", Badge.Tone.FLAT);
        };
    }

    private static String latest(ThresholdRecord record) {
        if (record.looks().isEmpty()) {
            return "";
        }
        Threshold threshold = record.threshold();
        Look last = record.looks().get(record.looks().size() - 1);
        return last.observation()
                .map(seen -> ThresholdWords.value(threshold, seen))
                .orElseGet(() -> last.missing()
                        .map(Reading.NoData::why)
                        .map(Reading.Why::words)
                        .orElse(""));
    }
}
