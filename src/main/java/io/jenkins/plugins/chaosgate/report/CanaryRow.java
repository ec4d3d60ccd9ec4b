package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.CanaryRecord;
import java.time.Duration;
import java.util.List;

/**
 * What became of one step of rolling the canary back, for a page.
 *
 * @param at when it was over, since the gate's beginning; empty where it has not come to that
 * @param words {@code rolled back: Deployment bookinfo/reviews-v2 to revision 3; …}
 * @param commandsFor what the commands do: {@code To take that back}; empty where there are none
 * @param commands for a person to run
 */
public record CanaryRow(String at, String words, String commandsFor, List<String> commands) {

    public CanaryRow {
        commands = List.copyOf(commands);
    }

    /** The commands, one on each line. */
    public String commandLines() {
        return String.join("\n", commands);
    }

    /** One for each step, in order; empty where the canary is left as it is. */
    public static List<CanaryRow> of(GateSnapshot gate) {
        return gate.canary().stream().map(record -> row(gate, record)).toList();
    }

    /** What was done, on one line. */
    static String done(String step, String detail) {
        return Clean.line("rolled back: " + step + (detail.isBlank() ? "" : "; " + detail));
    }

    /** What was not done, and why, on one line. */
    static String left(String step, String why) {
        return Clean.line("NOT rolled back: " + step + ": " + why);
    }

    private static CanaryRow row(GateSnapshot gate, CanaryRecord record) {
        String step = record.step().words();
        if (record.overAt().isEmpty()) {
            String when = gate.verdict().isPresent()
                    ? "not asked for by this verdict: "
                    : "if " + gate.experiment().canaryRollback().on().word() + ": ";
            return new CanaryRow("", when + step, "", List.of());
        }
        String at = Elapsed.stamp(
                Duration.between(gate.ticket().since(), record.overAt().get()));
        return record.back()
                ? new CanaryRow(
                        at,
                        done(step, record.words()),
                        "To take that back, run:",
                        record.step().undoCommands())
                : new CanaryRow(
                        at,
                        left(step, record.words()),
                        "To do it by hand, run:",
                        record.step().commands());
    }
}
