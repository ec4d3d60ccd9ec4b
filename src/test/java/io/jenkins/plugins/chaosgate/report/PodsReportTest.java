package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.Pods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What reports say of the canary's pods, as a row among the thresholds. */
class PodsReportTest {

    private static final Pod ONE = Pods.ready("reviews-v2-one");
    private static final Pod TWO = Pods.ready("reviews-v2-two");

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JsonReport.schema());

    private static Story watched(CanaryPods then) {
        Story story = Story.ofReviews();
        story.phase(PhaseName.PREFLIGHT, 0);
        story.add(new GateEvent.Prepared(
                Story.at(400),
                List.of(),
                Scene.UNKNOWN.withPods(new CanaryPods(List.of(ONE, TWO), List.of(Pods.ENTRY))),
                Optional.empty(),
                List.of(story.change)));
        story.ended(PhaseName.PREFLIGHT, 400).warmUp().inject();
        story.phase(PhaseName.WATCH, 11_400);
        story.look(
                11_600,
                PhaseName.WATCH,
                49_000,
                story.seen(Story.FAILED, 4, 20),
                story.seen(Story.ERRORS, 0.001, 2000),
                story.seen(Story.P99, 0.044, 20));
        return story.add(new GateEvent.PodsSeen(Story.at(12_000), then)).ended(PhaseName.WATCH, 13_000);
    }

    private static CanaryPods with(Pod... pods) {
        return new CanaryPods(List.of(pods), List.of(Pods.ENTRY));
    }

    private static GateSnapshot violated() {
        Pod killed = Pods.ended(ONE, "reviews", "OOMKilled", 137, Story.at(11_900));
        return watched(with(killed, TWO))
                .finish(14_000, Verdict.violated("pods of the canary: reviews-v2-one restarted"))
                .snapshot();
    }

    private static GateSnapshot passed() {
        return watched(with(ONE, TWO)).finish(14_000, Verdict.passed("held")).snapshot();
    }

    private static ThresholdRow row(GateSnapshot gate) {
        List<ThresholdRow> rows = ThresholdRow.of(gate);
        assertThat(rows).hasSize(gate.thresholds().size() + 1);
        return rows.get(rows.size() - 1);
    }

    @Test
    void aRowSaysWhatWasJudgedAndThatItHeld() {
        ThresholdRow row = row(passed());
        assertThat(row.title()).isEqualTo("pods of the canary");
        assertThat(row.badge().words()).isEqualTo("✓ held");
        assertThat(row.limit()).isEqualTo("restarts at most 0, ready at least 100 %");
        assertThat(row.summary())
                .isEqualTo("Limit: restarts at most 0, ready at least 100 %. Under the fault: restarts 0, ready 100 %"
                        + " at least. Judged: 2 pods with image docker.io/bookinfo/reviews:v2 (sha256:aaaa), template"
                        + " hash 7d4b.");
        assertThat(row.drawn()).isFalse();
    }

    @Test
    void aRowSaysHowTheLimitWasBroken() {
        ThresholdRow row = row(violated());
        assertThat(row.badge().words()).isEqualTo("✕ violated");
        assertThat(row.summary())
                .contains("restarts 1", "reviews-v2-one restarted (reviews: OOMKilled, exit code 137)");
    }

    @Test
    void aGateThatCouldNotJudgeDoesNotJudgeThePods() {
        GateSnapshot gate = watched(with(ONE))
                .finish(14_000, Verdict.inconclusive("disturbed"))
                .snapshot();
        assertThat(row(gate).badge().words()).isEqualTo("? not judged");
        assertThat(row(gate).summary()).contains("reviews-v2-two is gone");
    }

    @Test
    void aGateWithoutPodsHasNoRowOfThem() {
        GateSnapshot gate = Story.violated().snapshot();
        assertThat(ThresholdRow.of(gate)).hasSameSizeAs(gate.thresholds());
        assertThat(JsonReport.tree(gate).path("pods").isNull()).isTrue();
    }

    @Test
    void theJsonHasImageTemplateAndEnds() {
        JsonNode pods = JsonReport.tree(violated()).path("pods");
        assertThat(pods.path("state").asText()).isEqualTo("VIOLATED");
        assertThat(pods.path("restarts").asInt()).isEqualTo(1);
        assertThat(pods.path("leastReady").asDouble()).isEqualTo(1);
        assertThat(pods.at("/limit/maxRestarts").asInt()).isZero();
        assertThat(pods.path("violation").asText()).contains("OOMKilled");
        assertThat(pods.path("change").isNull()).isTrue();
        JsonNode one = pods.at("/judged/0");
        assertThat(one.path("name").asText()).isEqualTo("reviews-v2-one");
        assertThat(one.path("templateHash").asText()).isEqualTo("7d4b");
        assertThat(one.at("/containers/0/imageId").asText()).isEqualTo("bookinfo/reviews@sha256:aaaa");
        assertThat(one.at("/containers/0/ends").asInt()).isEqualTo(1);
        assertThat(one.at("/containers/0/lastEnd/exitCode").asInt()).isEqualTo(137);
        assertThat(one.at("/containers/1/role").asText()).isEqualTo("proxy");
        assertThat(pods.at("/workloadEntries/0").asText()).isEqualTo("reviews-vm");
    }

    @Test
    void theJsonIsAsTheSchemaSays() {
        assertThat(SCHEMA.validate(JsonReport.tree(violated()))).isEmpty();
        assertThat(SCHEMA.validate(JsonReport.tree(watched(with(ONE)).snapshot())))
                .isEmpty();
        ObjectNode wrong = JsonReport.tree(passed());
        ((ObjectNode) wrong.path("pods")).remove("judged");
        assertThat(SCHEMA.validate(wrong)).hasSize(1);
    }

    @Test
    void aPodThatIsGoneIsMarkedSo() {
        JsonNode pods = JsonReport.tree(watched(with(ONE)).snapshot()).path("pods");
        assertThat(pods.at("/judged/0/gone").asBoolean()).isFalse();
        assertThat(pods.at("/judged/1/gone").asBoolean()).isTrue();
        assertThat(pods.at("/judged/1/ready").asBoolean()).isFalse();
        assertThat(pods.path("state").asText()).isEqualTo("NOT_JUDGED");
    }

    @Test
    void thePageShowsThemAmongTheThresholdsWithoutAChart() {
        String page = HtmlReport.of(violated());
        assertThat(page).contains("<h3>pods of the canary</h3>", "OOMKilled", "template hash 7d4b");
        assertThat(page).doesNotContain("It was never looked at");
    }

    @Test
    void jUnitHasACaseThatFailsWhereOnlyThePodsDid() {
        String xml = JUnitReport.of(violated());
        assertThat(xml).contains("tests=\"4\" failures=\"1\"", "name=\"pods of the canary\"", "OOMKilled");
        assertThat(JUnitReport.of(passed())).contains("tests=\"4\" failures=\"0\"");
    }
}
