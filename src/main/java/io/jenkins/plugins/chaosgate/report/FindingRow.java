package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.util.List;

/** One thing that preflight saw, for people. */
public record FindingRow(Badge badge, String topic, String text) {

    /** All that preflight saw, in the order in which it looked. */
    public static List<FindingRow> of(GateSnapshot gate) {
        return gate.findings().stream().map(FindingRow::row).toList();
    }

    private static FindingRow row(Finding finding) {
        Badge badge =
                switch (finding.severity()) {
                    case OK -> new Badge("✓ ok", Badge.Tone.GOOD);
                    case WARNING -> new Badge("! warning", Badge.Tone.WARN);
                    case ERROR -> new Badge("✕ error", Badge.Tone.BAD);
                    case NO_EVIDENCE -> new Badge("✕ no evidence", Badge.Tone.BAD);
                };
        return new FindingRow(badge, finding.topic(), finding.text());
    }
}
