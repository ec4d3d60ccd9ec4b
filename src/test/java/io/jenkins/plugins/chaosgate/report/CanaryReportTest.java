package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.GateHistory;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of the canary itself is told in plain words, with the commands that go with it. */
class CanaryReportTest {

    private final Story story = Story.ofReviews();
    private final Experiment experiment = story.experiment.withCanaryRollback(
            new CanaryRollback(CanaryRollback.Kind.UNDO_DEPLOYMENT, CanaryRollback.On.VIOLATED));
    private final CanaryStep step = new CanaryStep(
            new Change(
                    story.ticket.id(),
                    new ObjectRef("apps/v1", "Deployment", "bookinfo", "reviews-v2"),
                    true,
                    "{}",
                    List.of(),
                    Change.Purpose.CANARY),
            "Deployment bookinfo/reviews-v2 to revision 3",
            List.of("kubectl do it"),
            List.of("kubectl <undo> it"));
    private final GateEvent planned =
            new GateEvent.Prepared(Story.at(400), List.of(), Scene.UNKNOWN, Optional.empty(), List.of(), List.of(step));
    private final GateEvent done = new GateEvent.CanaryRolledBack(Story.at(13_000), step, "3 of 3 pods replaced");
    private final GateEvent left = new GateEvent.CanaryLeft(Story.at(13_000), step, "somebody\u001b[31m was faster");
    private final GateEvent finished = new GateEvent.Finished(Story.at(14_000), Story.verdict());

    private List<String> lines(GateEvent... events) {
        List<String> lines = new ArrayList<>();
        ConsoleLines console = new ConsoleLines(experiment, story.ticket, ConsoleLines.Settings.PLAIN, lines::add);
        Stream.of(events).forEach(console::on);
        return lines;
    }

    private GateSnapshot snapshot(GateEvent... events) {
        GateHistory history = new GateHistory(story.ticket, experiment);
        Stream.of(events).forEach(history::on);
        return history.snapshot();
    }

    private JsonNode json(GateEvent... events) {
        JsonNode report = JsonReport.tree(snapshot(events));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(JsonReport.schema())
                        .validate(report))
                .isEmpty();
        return report.get("canaryRollback");
    }

    @Test
    void theConsoleSaysWhatWasDoneAndHowToTakeItBack() {
        assertThat(lines(planned, done))
                .endsWith(
                        "00:13.0      canary       rolled back: Deployment bookinfo/reviews-v2 to revision 3; 3 of 3 pods"
                                + " replaced",
                        "             undo         kubectl <undo> it");
    }

    @Test
    void theConsoleSaysWhatWasNotDoneAndWhatToRun() {
        assertThat(lines(planned, left))
                .noneMatch(line -> line.contains("\u001b"))
                .endsWith("             run          kubectl do it")
                .anyMatch(line -> line.contains(
                        "canary       NOT rolled back: Deployment bookinfo/reviews-v2 to revision 3: somebody"));
    }

    @Test
    void theJsonReportHasEachStep() {
        assertThat(json(planned).at("/steps/0/done").isNull()).isTrue();
        JsonNode rolledBack = json(planned, done, finished);
        assertThat(rolledBack.get("kind").asText()).isEqualTo("undoDeployment");
        assertThat(rolledBack.at("/steps/0/done").asBoolean()).isTrue();
        assertThat(rolledBack.at("/steps/0/detail").asText()).isEqualTo("3 of 3 pods replaced");
        assertThat(rolledBack.at("/steps/0/undoCommands/0").asText()).isEqualTo("kubectl <undo> it");
        assertThat(json(planned, left, finished).at("/steps/0/done").asBoolean(true))
                .isFalse();
        assertThat(JsonReport.tree(Story.violated().snapshot())
                        .get("canaryRollback")
                        .isNull())
                .isTrue();
    }

    @Test
    void thePageHasWordsAndTheCommand() {
        assertThat(HtmlReport.of(snapshot(planned, done, finished)))
                .contains(
                        "Rolling the canary back",
                        "rolled back: Deployment bookinfo/reviews-v2 to revision 3",
                        "To take that back, run:",
                        "kubectl &lt;undo&gt; it");
        assertThat(HtmlReport.of(snapshot(planned, left, finished))).contains("To do it by hand, run:");
        assertThat(HtmlReport.of(snapshot(planned)))
                .contains("if violated: Deployment bookinfo/reviews-v2 to revision 3")
                .doesNotContain("kubectl do it");
        assertThat(HtmlReport.of(snapshot(planned, finished))).contains("not asked for by this verdict");
        assertThat(HtmlReport.of(Story.violated().snapshot())).doesNotContain("Rolling the canary back");
    }
}
