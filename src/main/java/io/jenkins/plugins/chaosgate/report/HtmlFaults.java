package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.FaultRecord;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The part of the page that tells what was done to whom. */
final class HtmlFaults {

    private HtmlFaults() {}

    static void write(Markup page, GateSnapshot gate) {
        page.open("section").leaf("h2", "What was done");
        target(page, gate);
        if (gate.experiment().isControlRun()) {
            page.leaf("p", "Control run: no fault was asked for, everything was only watched.", "class", "quiet");
        } else {
            table(page, gate);
        }
        page.close().line();
    }

    private static void target(Markup page, GateSnapshot gate) {
        page.open("p")
                .text("The canary is ")
                .leaf("code", Labels.toSelector(gate.experiment().target().canary()))
                .text(" in namespace ")
                .leaf("code", gate.experiment().target().namespace())
                .text(pods(gate.scene()))
                .close();
    }

    private static String pods(Optional<Scene> scene) {
        List<String> pods = scene.map(Scene::canary).map(Workloads::pods).orElse(List.of());
        if (pods.isEmpty()) {
            return ".";
        }
        String names = String.join(", ", pods.subList(0, Math.min(5, pods.size())));
        String more = pods.size() > 5 ? " and " + (pods.size() - 5) + " more" : "";
        return (pods.size() == 1 ? ", one pod: " : ", " + pods.size() + " pods: ") + names + more + ".";
    }

    private static void table(Markup page, GateSnapshot gate) {
        page.open("div", "class", "scroll").open("table");
        page.open("thead").open("tr");
        for (String column : List.of("Fault", "Carried by", "In", "Out", "Requests hurt")) {
            page.leaf("th", column, "scope", "col");
        }
        page.close().close().open("tbody");
        gate.faults().forEach(fault -> row(page, gate, fault));
        page.close().close().close();
        page.leaf(
                "p",
                "Requests hurt: as the mesh's own proxies counted them. It is the proof that the fault was real.",
                "class",
                "quiet");
    }

    private static void row(Markup page, GateSnapshot gate, FaultRecord fault) {
        page.open("tr");
        page.leaf("td", fault.fault().describe(gate.experiment().target().namespace()));
        page.open("td");
        fault.change()
                .ifPresentOrElse(
                        change -> page.leaf("code", change.object().toString()), () -> page.text("never planned"));
        page.close();
        page.leaf("td", stamp(gate, fault.injectedAt()).orElse("never"), "class", "number");
        Optional<String> out = stamp(gate, fault.removedAt());
        boolean mayBeIn = fault.injectedAt().isPresent() && out.isEmpty();
        page.leaf("td", out.orElse(mayBeIn ? "still in" : "–"), "class", mayBeIn ? "number bad" : "number");
        page.leaf(
                "td",
                fault.injectedRequests().isPresent()
                        ? String.valueOf(fault.injectedRequests().getAsLong())
                        : "not counted",
                "class",
                "number");
        page.close();
    }

    private static Optional<String> stamp(GateSnapshot gate, Optional<Instant> at) {
        return at.map(time -> Elapsed.stamp(Duration.between(gate.ticket().since(), time)));
    }
}
