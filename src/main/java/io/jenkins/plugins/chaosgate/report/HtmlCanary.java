package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.util.List;

/** The part of the page that tells what was done to the canary itself. */
final class HtmlCanary {

    private HtmlCanary() {}

    /** Nothing where it is left as it is. */
    static void write(Markup page, GateSnapshot gate) {
        List<CanaryRow> rows = CanaryRow.of(gate);
        if (rows.isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Rolling the canary back").open("ul", "class", "list");
        for (CanaryRow row : rows) {
            page.open("li").leaf("time", row.at()).text(" ").leaf("span", row.words());
            page.close();
        }
        page.close();
        for (CanaryRow row : rows) {
            if (!row.commands().isEmpty()) {
                page.leaf("p", row.commandsFor(), "class", "quiet");
                page.leaf("pre", row.commandLines());
            }
        }
        page.close().line();
    }
}
