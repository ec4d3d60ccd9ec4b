package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.language.ExperimentWriter;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.PhaseSpan;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Warning;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The part of the page with what is worth knowing besides: warnings, what preflight saw, the phases, the experiment. */
final class HtmlNotes {

    private HtmlNotes() {}

    static void write(Markup page, GateSnapshot gate) {
        warnings(page, gate);
        findings(page, gate.findings());
        phases(page, gate);
        page.open("section")
                .open("details")
                .leaf("summary", "The experiment")
                .leaf("pre", ExperimentWriter.write(gate.experiment()).toPrettyString())
                .close()
                .close()
                .line();
    }

    private static void warnings(Markup page, GateSnapshot gate) {
        if (gate.warnings().isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Warnings").open("ul", "class", "list");
        for (Warning warning : gate.warnings()) {
            page.open("li").leaf("time", stamp(gate, warning.at())).text(" ");
            page.leaf("span", warning.text()).close();
        }
        page.close().close().line();
    }

    private static void findings(Markup page, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Preflight").open("ul", "class", "list");
        for (Finding finding : findings) {
            page.open("li");
            switch (finding.severity()) {
                case OK -> page.leaf("span", "✓ ok", "class", "badge good");
                case WARNING -> page.leaf("span", "! warning", "class", "badge warn");
                case ERROR -> page.leaf("span", "✕ error", "class", "badge bad");
                case NO_EVIDENCE -> page.leaf("span", "✕ no evidence", "class", "badge bad");
            }
            page.open("span")
                    .leaf("b", finding.topic())
                    .text(" " + finding.text())
                    .close();
            page.close();
        }
        page.close().close().line();
    }

    private static void phases(Markup page, GateSnapshot gate) {
        if (gate.phases().isEmpty()) {
            return;
        }
        page.open("section").open("details").leaf("summary", "The phases").open("ul", "class", "list");
        for (PhaseSpan span : gate.phases()) {
            String length = span.endedAt()
                    .map(end -> Elapsed.length(Duration.between(span.startedAt(), end)))
                    .orElse("not ended");
            page.open("li")
                    .leaf("time", stamp(gate, span.startedAt()))
                    .leaf("span", LiveLine.doing(span.name()) + ", " + length)
                    .close();
        }
        page.close().close().close().line();
    }

    private static String stamp(GateSnapshot gate, Instant at) {
        return Elapsed.stamp(Duration.between(gate.ticket().since(), at));
    }
}
