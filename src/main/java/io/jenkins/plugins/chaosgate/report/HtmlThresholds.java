package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.util.List;

/** The part of the page that shows the steady state: each threshold with its result and its chart, and the canary's pods. */
final class HtmlThresholds {

    private HtmlThresholds() {}

    static void write(Markup page, GateSnapshot gate) {
        page.open("section").leaf("h2", "Steady state").line();
        List<ThresholdRow> rows = ThresholdRow.of(gate);
        for (int i = 0; i < rows.size(); i++) {
            page.open("article", "class", "card");
            heading(page, rows.get(i));
            if (rows.get(i).drawn()) {
                page.open("div", "class", "scroll").raw(SvgChart.of(gate, i)).close();
            } else if (!rows.get(i).looked()) {
                page.leaf("p", "It was never looked at.", "class", "quiet");
            }
            page.close().line();
        }
        legend(page, gate);
        page.close().line();
    }

    private static void heading(Markup page, ThresholdRow row) {
        page.open("div", "class", "card-head");
        page.leaf("h3", row.title());
        HtmlNotes.badge(page, row.badge());
        page.close();
        page.leaf("p", row.summary(), "class", "quiet");
    }

    private static void legend(Markup page, GateSnapshot gate) {
        String legend = ThresholdRow.legend(gate);
        if (!legend.isEmpty()) {
            page.leaf("p", legend, "class", "quiet");
        }
    }
}
