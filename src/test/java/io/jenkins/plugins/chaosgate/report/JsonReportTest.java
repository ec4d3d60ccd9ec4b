package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReportTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JsonReport.schema());

    static List<Story> stories() {
        Verdict refused = Verdict.refused("could not start");
        return List.of(
                Story.violated(),
                Showcase.passed(),
                Showcase.hostile(),
                Showcase.rolledBack(Showcase.EVIL),
                Story.ofReviews(),
                Story.ofReviews().preflight().warmUp().inject(),
                new Story("control", List.of(), List.of(Story.FAILED)).preflight(),
                Story.ofReviews()
                        .preflight(List.of(Finding.error("permissions", "none")))
                        .finish(400, refused));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyReportIsAsTheSchemaSays(Story story) throws Exception {
        Set<ValidationMessage> problems = SCHEMA.validate(JSON.readTree(JsonReport.of(story.snapshot())));

        assertThat(problems).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatItDoesNotDescribe() {
        JsonNode report = JsonReport.tree(Story.violated().snapshot()).put("surprise", 1);

        assertThat(SCHEMA.validate(report)).hasSize(1);
    }

    @Test
    void theSchemaKnowsEveryWordThatTheCodeHas() {
        JsonNode properties = parse(JsonReport.schema()).get("properties");
        JsonNode threshold = properties.at("/thresholds/items/properties");

        assertThat(words(properties.at("/verdict/enum")))
                .containsExactlyInAnyOrder(with("null", Verdict.Kind.values()));
        assertThat(words(properties.at("/phases/items/properties/name/enum")))
                .containsExactly(
                        Arrays.stream(PhaseName.values()).map(PhaseName::word).toArray(String[]::new));
        assertThat(words(threshold.at("/missing/items/properties/why/enum")))
                .containsExactly(names(Reading.Why.values()));
        assertThat(words(properties.at("/findings/items/properties/severity/enum")))
                .containsExactly(names(Finding.Severity.values()));
        assertThat(words(threshold.at("/unit/enum")))
                .containsExactly(Arrays.stream(Unit.values())
                        .map(unit -> unit.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }

    @Test
    void tellsWhatHappened() {
        JsonNode report = JsonReport.tree(Story.violated().snapshot());

        assertThat(report.get("verdict").asText()).isEqualTo("VIOLATED");
        assertThat(report.get("reason").asText()).startsWith("failed requests of reviews: 11 (32 requests)");
        assertThat(report.get("started").asBoolean()).isTrue();
        assertThat(report.at("/gate/id").asText()).isEqualTo("7f3a91c2");
        assertThat(report.at("/gate/startedAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(report.at("/gate/endedAt").asText()).isEqualTo("2026-03-01T12:00:15.900Z");
        assertThat(report.at("/experiment/name").asText()).isEqualTo("reviews survives a ratings outage");
        assertThat(report.at("/guard").toString())
                .isEqualTo("{\"object\":{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"namespace\":\"bookinfo\","
                        + "\"name\":\"chaos-gate-7f3a91c2\"},\"leaseMillis\":30000}");
        assertThat(report.at("/faults/0").toString())
                .isEqualTo("{\"kind\":\"httpAbort\",\"description\":\"abort 100 % of calls to ratings with 500\","
                        + "\"object\":{\"apiVersion\":\"networking.istio.io/v1alpha3\",\"kind\":\"EnvoyFilter\","
                        + "\"namespace\":\"bookinfo\",\"name\":\"chaos-gate-7f3a91c2\"},"
                        + "\"injectedAt\":\"2026-03-01T12:00:10.600Z\",\"removedAt\":\"2026-03-01T12:00:12.920Z\","
                        + "\"proof\":{\"injectedRequests\":36}}");
        assertThat(report.get("timings").toString())
                .isEqualTo(
                        "{\"injectMillis\":200,\"detectMillis\":2200,\"rollbackMillis\":120,\"recoveryMillis\":3000}");
        assertThat(report.at("/thresholds/0/limit").toString())
                .isEqualTo("{\"min\":null,\"max\":10.0,\"maxRatio\":null,\"allowedBreaches\":0,"
                        + "\"decide\":\"sequential\",\"text\":\"at most 10 in 1m\"}");
        assertThat(report.at("/thresholds/0/standing").asText()).isEqualTo("11 (32 requests), limit at most 10 in 1m");
        assertThat(report.at("/thresholds/0/observations/3").toString())
                .isEqualTo(
                        "{\"at\":\"2026-03-01T12:00:12.800Z\",\"time\":\"2026-03-01T12:00:00Z\",\"phase\":\"watch\","
                                + "\"value\":11.0,\"requests\":32,\"stable\":null,\"ok\":false,\"counted\":{\"bad\":11,\"badAtMost\":11,\"total\":32,"
                                + "\"stableBad\":null,\"stableTotal\":null,\"inWorstWindow\":11,\"affected\":null,\"cancelled\":0,\"unanswered\":{}}}");
    }

    @Test
    void aRunningGateHasNoVerdictYet() {
        JsonNode report =
                JsonReport.tree(Story.ofReviews().preflight().warmUp().inject().snapshot());

        assertThat(report.get("verdict").isNull()).isTrue();
        assertThat(report.at("/gate/endedAt").isNull()).isTrue();
        assertThat(report.at("/faults/0/removedAt").isNull()).isTrue();
        assertThat(report.at("/timings/rollbackMillis").isNull()).isTrue();
    }

    @Test
    void looksWithoutDataAreNoObservations() {
        JsonNode latency = JsonReport.tree(Showcase.passed().snapshot()).at("/thresholds/2");

        assertThat(latency.get("missing")).hasSize(7);
        assertThat(latency.at("/missing/0/why").asText()).isEqualTo("STALE");
        assertThat(latency.at("/missing/0/phase").asText()).isEqualTo("watch");
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String[] names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
    }

    private static String[] with(String more, Enum<?>[] values) {
        return Stream.concat(Stream.of(names(values)), Stream.of(more)).toArray(String[]::new);
    }
}
