package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.language.ExperimentWriter;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.util.List;

/** The part of the page with what is worth knowing besides: warnings, what preflight saw, the phases, the experiment. */
final class HtmlNotes {

    private HtmlNotes() {}

    static void write(Markup page, GateSnapshot gate) {
        warnings(page, TimedLine.warnings(gate));
        findings(page, FindingRow.of(gate));
        phases(page, TimedLine.phases(gate));
        page.open("section")
                .open("details")
                .leaf("summary", "The experiment")
                .leaf("pre", ExperimentWriter.write(gate.experiment()).toPrettyString())
                .close()
                .close()
                .line();
    }

    private static void warnings(Markup page, List<TimedLine> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Warnings").open("ul", "class", "list");
        for (TimedLine warning : warnings) {
            page.open("li").leaf("time", warning.at()).text(" ");
            page.leaf("span", warning.words()).close();
        }
        page.close().close().line();
    }

    private static void findings(Markup page, List<FindingRow> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Preflight").open("ul", "class", "list");
        for (FindingRow finding : findings) {
            page.open("li");
            badge(page, finding.badge());
            page.open("span")
                    .leaf("b", finding.topic())
                    .text(" " + finding.text())
                    .close();
            page.close();
        }
        page.close().close().line();
    }

    private static void phases(Markup page, List<TimedLine> phases) {
        if (phases.isEmpty()) {
            return;
        }
        page.open("section").open("details").leaf("summary", "The phases").open("ul", "class", "list");
        for (TimedLine phase : phases) {
            page.open("li").leaf("time", phase.at()).leaf("span", phase.words()).close();
        }
        page.close().close().close().line();
    }

    static void badge(Markup page, Badge badge) {
        page.leaf(
                "span",
                badge.words(),
                "class",
                badge.tone() == Badge.Tone.FLAT
                        ? "badge"
                        : "badge " + badge.tone().word());
    }
}
