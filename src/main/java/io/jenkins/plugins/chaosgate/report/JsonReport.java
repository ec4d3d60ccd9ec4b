package io.jenkins.plugins.chaosgate.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentWriter;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.FaultRecord;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.PhaseSpan;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.Unanswered;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A gate as JSON, for machines; docs/report.md explains each field and {@link #schema()} is its JSON Schema. Every field
 * is always there; what is not known, or did not happen, is null. Instants are ISO 8601 in UTC, values in the base unit
 * of their threshold (shares 0 to 1, seconds, requests a second).
 */
public final class JsonReport {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    /** The report as text, indented, with a line break at its end. */
    public static String of(GateSnapshot gate) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(gate)) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a JSON tree could not be written as text", e);
        }
    }

    /** The JSON Schema of the report, as text. */
    public static String schema() {
        try (InputStream schema = JsonReport.class.getResourceAsStream("report.schema.json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of the report is not readable", e);
        }
    }

    static ObjectNode tree(GateSnapshot gate) {
        ObjectNode report = JSON.createObjectNode();
        report.put("schemaVersion", 1);
        report.put(
                "verdict", gate.verdict().map(verdict -> verdict.kind().name()).orElse(null));
        report.put("reason", gate.verdict().map(Verdict::reason).orElse(null));
        report.put("started", gate.verdict().map(Verdict::started).orElse(null));
        report.putObject("gate")
                .put("id", gate.ticket().id())
                .put("origin", gate.ticket().origin())
                .put("startedAt", gate.ticket().since().toString())
                .put("endedAt", text(Times.end(gate)));
        report.set("experiment", ExperimentWriter.write(gate.experiment()));
        fill(report.putArray("phases"), gate.phases(), JsonReport::phase);
        report.set("guard", gate.guard().map(guard -> guard(guard, gate)).orElse(null));
        fill(report.putArray("faults"), gate.faults(), fault -> fault(fault, gate));
        report.set("outOfScope", gate.others().map(JsonReport::others).orElse(null));
        fill(report.putArray("thresholds"), gate.thresholds(), record -> threshold(record, gate));
        report.set("pods", JsonPods.of(gate).orElse(null));
        report.putObject("timings")
                .put("injectMillis", boxed(gate.timings().injectMillis()))
                .put("detectMillis", boxed(gate.timings().detectMillis()))
                .put("rollbackMillis", boxed(gate.timings().rollbackMillis()))
                .put("recoveryMillis", boxed(gate.timings().recoveryMillis()));
        fill(report.putArray("findings"), gate.findings(), JsonReport::finding);
        fill(report.putArray("warnings"), gate.warnings(), warning -> JSON.createObjectNode()
                .put("at", warning.at().toString())
                .put("text", warning.text()));
        report.set("canaryRollback", JsonCanary.of(gate).orElse(null));
        gate.undoCommands().forEach(report.putArray("undoCommands")::add);
        return report;
    }

    private static ObjectNode phase(PhaseSpan span) {
        return JSON.createObjectNode()
                .put("name", span.name().word())
                .put("startedAt", span.startedAt().toString())
                .put("endedAt", text(span.endedAt()));
    }

    private static ObjectNode fault(FaultRecord fault, GateSnapshot gate) {
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", fault.fault().kind());
        node.put(
                "description", fault.fault().describe(gate.experiment().target().namespace()));
        node.set(
                "object",
                fault.change().map(Change::object).map(JsonReport::object).orElse(null));
        node.put("injectedAt", text(fault.injectedAt()));
        node.put("removedAt", text(fault.removedAt()));
        node.putObject("proof").put("injectedRequests", boxed(fault.injectedRequests()));
        return node;
    }

    private static ObjectNode others(GateSnapshot.Others others) {
        return JSON.createObjectNode().put("hurtRequests", others.hurt()).put("requests", boxed(others.requests()));
    }

    private static ObjectNode guard(Change guard, GateSnapshot gate) {
        ObjectNode node = JSON.createObjectNode();
        node.set("object", object(guard.object()));
        return node.put("leaseMillis", gate.experiment().guard().lease().toMillis());
    }

    static ObjectNode object(ObjectRef object) {
        return JSON.createObjectNode()
                .put("apiVersion", object.apiVersion())
                .put("kind", object.kind())
                .put("namespace", object.namespace())
                .put("name", object.name());
    }

    private static ObjectNode threshold(ThresholdRecord record, GateSnapshot gate) {
        Threshold threshold = record.threshold();
        ObjectNode node = JSON.createObjectNode();
        node.put("name", threshold.title());
        node.put("kind", threshold.kind());
        node.put("unit", threshold.unit().name().toLowerCase(Locale.ROOT));
        node.set("limit", limit(threshold));
        node.put("standing", gate.judged(record).standing().orElse(null));
        ArrayNode observations = node.putArray("observations");
        ArrayNode missing = node.putArray("missing");
        for (Look look : record.looks()) {
            look.observation().ifPresent(seen -> observations.add(observation(look, seen)));
            look.missing().ifPresent(noData -> missing.add(missing(look, noData)));
        }
        return node;
    }

    private static ObjectNode limit(Threshold threshold) {
        Judging judging = threshold.judging();
        return JSON.createObjectNode()
                .put("min", boxed(judging.bounds().min()))
                .put("max", boxed(judging.bounds().max()))
                .put("maxRatio", boxed(judging.maxRatio()))
                .put("allowedBreaches", judging.allowedBreaches())
                .put("decide", Decide.of(threshold).word())
                .put("text", Limits.words(threshold));
    }

    private static ObjectNode observation(Look look, Observation seen) {
        ObjectNode node = JSON.createObjectNode()
                .put("at", look.at().toString())
                .put("time", seen.time().toString())
                .put("phase", look.phase().word())
                .put("value", seen.value())
                .put("requests", boxed(seen.requests()))
                .put("stable", boxed(seen.stable()))
                .put("ok", seen.ok());
        node.set("counted", seen.counted().map(JsonReport::counted).orElse(null));
        return node;
    }

    private static ObjectNode counted(Counted counted) {
        ObjectNode node = JSON.createObjectNode()
                .put("bad", counted.judged().surelyBad())
                .put("badAtMost", counted.judged().possiblyBad())
                .put("total", counted.judged().total())
                .put("stableBad", counted.stable().map(Count::surelyBad).orElse(null))
                .put("stableTotal", counted.stable().map(Count::total).orElse(null))
                .put(
                        "inWorstWindow",
                        counted.worst().map(FailedInAnyWindow::certain).orElse(null))
                .put("affected", boxed(counted.affected()))
                .put(
                        "cancelled",
                        counted.unanswered().map(Unanswered::cancelled).orElse(0L));
        ObjectNode unanswered = node.putObject("unanswered");
        counted.unanswered().ifPresent(some -> some.byFlag().forEach(unanswered::put));
        return node;
    }

    private static ObjectNode missing(Look look, Reading.NoData noData) {
        return JSON.createObjectNode()
                .put("at", look.at().toString())
                .put("phase", look.phase().word())
                .put("why", noData.why().name())
                .put("detail", noData.detail());
    }

    private static ObjectNode finding(Finding finding) {
        return JSON.createObjectNode()
                .put("severity", finding.severity().name())
                .put("topic", finding.topic())
                .put("text", finding.text());
    }

    private static <T> void fill(ArrayNode array, List<T> items, Function<T, JsonNode> write) {
        items.forEach(item -> array.add(write.apply(item)));
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }

    private static Long boxed(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    private static Double boxed(OptionalDouble number) {
        return number.isPresent() ? Double.valueOf(number.getAsDouble()) : null;
    }
}
