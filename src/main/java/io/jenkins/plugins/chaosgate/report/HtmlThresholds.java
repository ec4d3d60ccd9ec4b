package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.verdict.Limits;

/** The part of the page that shows the steady state: each threshold with its result and its chart. */
final class HtmlThresholds {

    private HtmlThresholds() {}

    static void write(Markup page, GateSnapshot gate) {
        page.open("section").leaf("h2", "Steady state").line();
        for (int i = 0; i < gate.thresholds().size(); i++) {
            ThresholdRecord record = gate.thresholds().get(i);
            page.open("article", "class", "card");
            heading(page, gate, record);
            if (record.looks().isEmpty()) {
                page.leaf("p", "It was never looked at.", "class", "quiet");
            } else {
                page.open("div", "class", "scroll").raw(SvgChart.of(gate, i)).close();
            }
            page.close().line();
        }
        legend(page, gate);
        page.close().line();
    }

    private static void heading(Markup page, GateSnapshot gate, ThresholdRecord record) {
        ThresholdResult result = ThresholdResult.of(record, gate.verdict());
        page.open("div", "class", "card-head");
        page.leaf("h3", record.threshold().title());
        switch (result.state()) {
            case HELD -> page.leaf("span", "✓ held", "class", "badge good");
            case VIOLATED -> page.leaf("span", "✕ violated", "class", "badge bad");
            case NOT_JUDGED ->
                page.leaf("span", gate.verdict().isEmpty() ? "… so far" : "? not judged", "class", "badge");
        }
        page.close();
        String limit = "Limit: " + Limits.words(record.threshold()) + ".";
        String worst = result.worst()
                .map(seen -> " Worst under the fault: " + Limits.words(record.threshold(), seen) + ".")
                .orElse(" Nothing was seen under the fault.");
        String blind = result.missing() == 0
                ? ""
                : " " + result.missing() + " of " + (result.missing() + result.observed()) + " looks showed no data.";
        page.leaf("p", limit + worst + blind, "class", "quiet");
    }

    private static void legend(Markup page, GateSnapshot gate) {
        if (gate.thresholds().stream().allMatch(record -> record.looks().isEmpty())) {
            return;
        }
        boolean compared = gate.thresholds().stream()
                .anyMatch(record -> record.threshold().judging().maxRatio().isPresent());
        page.leaf(
                "p",
                "Times are minutes and seconds since the gate began. A diamond is an observation beyond the limit; "
                        + "a hatched stretch is time without data. Point at a mark for its numbers."
                        + (compared ? " The dotted line is the stable version." : ""),
                "class",
                "quiet");
    }
}
