package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.util.List;

/** The part of the page that tells what was done to whom. */
final class HtmlFaults {

    private HtmlFaults() {}

    static void write(Markup page, GateSnapshot gate) {
        page.open("section").leaf("h2", "What was done");
        target(page, CanaryWords.of(gate));
        if (gate.experiment().isControlRun()) {
            page.leaf("p", "Control run: no fault was asked for, everything was only watched.", "class", "quiet");
        } else {
            table(page, gate);
        }
        page.close().line();
    }

    private static void target(Markup page, CanaryWords canary) {
        page.open("p")
                .text("The canary is ")
                .leaf("code", canary.labels())
                .text(" in namespace ")
                .leaf("code", canary.namespace())
                .text(canary.pods().isEmpty() ? "." : ", " + canary.pods() + ".")
                .close();
    }

    private static void table(Markup page, GateSnapshot gate) {
        page.open("div", "class", "scroll").open("table");
        page.open("thead").open("tr");
        for (String column : List.of("Fault", "Carried by", "In", "Out", "Requests hurt")) {
            page.leaf("th", column, "scope", "col");
        }
        page.close().close().open("tbody");
        FaultRow.of(gate).forEach(fault -> row(page, fault));
        page.close().close().close();
        page.leaf(
                "p",
                "Requests hurt: as the mesh's own proxies counted them. It is the proof that the fault was real.",
                "class",
                "quiet");
        String others = OthersWords.of(gate);
        if (!others.isEmpty()) {
            page.leaf("p", others, "class", "quiet");
        }
        String guard = GuardWords.of(gate);
        if (!guard.isEmpty()) {
            page.leaf("p", guard, "class", "quiet");
        }
    }

    private static void row(Markup page, FaultRow fault) {
        page.open("tr");
        page.leaf("td", fault.what());
        page.open("td");
        if (fault.carriedBy().isEmpty()) {
            page.text("never planned");
        } else {
            page.leaf("code", fault.carriedBy());
        }
        page.close();
        page.leaf("td", fault.wentIn(), "class", "number");
        page.leaf("td", fault.wentOut(), "class", fault.mayBeIn() ? "number bad" : "number");
        page.leaf("td", fault.hurt(), "class", "number");
        page.close();
    }
}
