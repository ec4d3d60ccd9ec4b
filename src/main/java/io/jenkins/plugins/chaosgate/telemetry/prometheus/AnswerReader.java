package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the envelope of Prometheus' HTTP answers: status, errors, warnings; strictly. */
final class AnswerReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** What each kind of error that Prometheus names means for whoever asked. */
    private static final Map<String, Why> ERRORS = Map.of(
            "bad_data", Why.REFUSED,
            "execution", Why.REFUSED,
            "timeout", Why.TIMED_OUT,
            "canceled", Why.UNAVAILABLE,
            "unavailable", Why.UNAVAILABLE,
            "internal", Why.UNAVAILABLE,
            "not_found", Why.UNAVAILABLE);

    private AnswerReader() {}

    /** @throws NoAnswer for anything but a query's well-formed result */
    static Answer read(int status, Optional<String> encoding, byte[] body) {
        if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("identity")) {
            throw garbage("an answer that is not compressed", "Content-Encoding " + Quote.of(encoding.get()));
        }
        Optional<JsonNode> parsed = parse(body);
        if (parsed.isPresent() && "error".equals(text(parsed.get(), "status"))) {
            throw error(status, parsed.get());
        }
        if (status < 200 || status > 299) {
            throw byStatus(status, body);
        }
        JsonNode envelope = parsed.orElseThrow(() -> garbage("JSON", Quote.of(body)));
        if (!"success".equals(text(envelope, "status"))) {
            throw garbage("a status of success or error", Quote.of(body));
        }
        List<String> warnings = texts(envelope, "warnings");
        // So says VictoriaMetrics, without a warning.
        if (envelope.path("isPartial").asBoolean()) {
            warnings.add("isPartial");
        }
        return new Answer(ResultReader.read(envelope.path("data")), warnings, texts(envelope, "infos"));
    }

    static NoAnswer garbage(String expected, String found) {
        return new NoAnswer(Why.GARBAGE, "expected " + expected + " from Prometheus, found " + found);
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root.isObject() ? Optional.of(root) : Optional.empty();
        } catch (IOException notJson) {
            // Not lost: who asked for the JSON quotes the body itself, which says more.
            return Optional.empty();
        }
    }

    private static NoAnswer error(int status, JsonNode envelope) {
        String type = text(envelope, "errorType");
        Why why = ERRORS.getOrDefault(type, Why.UNAVAILABLE);
        return new NoAnswer(
                why,
                "Prometheus said " + Quote.line(type, 40) + " (HTTP " + status + "): "
                        + Quote.line(text(envelope, "error"), 300));
    }

    /** Something on the way answered, or a Prometheus that is not (yet) one. */
    private static NoAnswer byStatus(int status, byte[] body) {
        String hint =
                switch (status) {
                    case 301, 302, 303, 307, 308 -> "redirects are not followed; give the address it leads to";
                    case 401, 403 ->
                        "the credentials for Prometheus, or a header such as X-Scope-OrgID, are missing or not accepted"
                                + said(body);
                    case 404 -> "no Prometheus API under this address; is its path right?";
                    case 429 -> "too many queries" + said(body);
                    default -> Quote.of(body);
                };
        return new NoAnswer(Why.UNAVAILABLE, "expected an answer from Prometheus, found HTTP " + status + ": " + hint);
    }

    private static String said(byte[] body) {
        return body.length == 0 ? "" : "; it says " + Quote.of(body);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static List<String> texts(JsonNode envelope, String field) {
        JsonNode node = envelope.path(field);
        List<String> texts = new ArrayList<>();
        if (node.isValueNode() && !node.isNull()) {
            texts.add(Quote.line(node.asText(), 300));
        }
        node.forEach(text -> texts.add(Quote.line(text.isValueNode() ? text.asText() : text.toString(), 300)));
        return texts;
    }
}
