package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Result;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Text;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the data of an answer: scalar, string, vector or matrix. */
final class ResultReader {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    /** The year 9999: beyond it a time is a mistake, in milliseconds say. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private ResultReader() {}

    /** @throws NoAnswer where it is none of them */
    static Result read(JsonNode data) {
        String type = data.path("resultType").asText("");
        JsonNode result = data.path("result");
        return switch (type) {
            case "scalar" -> new Scalar(sample(result));
            case "string" -> new Text(pair(result).get(1).asText());
            case "vector" -> new Vector(series(result, "value"));
            case "matrix" -> new Matrix(series(result, "values"));
            default -> throw AnswerReader.garbage("a scalar, string, vector or matrix", quote(data));
        };
    }

    private static List<Series> series(JsonNode result, String field) {
        if (!result.isArray()) {
            throw AnswerReader.garbage("a list of series", quote(result));
        }
        List<Series> all = new ArrayList<>(result.size());
        for (JsonNode element : result) {
            if (element.has("histogram") || element.has("histograms")) {
                throw new NoAnswer(
                        Why.REFUSED,
                        "native histograms are not understood; ask for a number, e.g. with histogram_quantile(): "
                                + quote(element.path("metric")));
            }
            all.add(new Series(labels(element.path("metric")), samples(element.path(field), field)));
        }
        return all;
    }

    private static Map<String, String> labels(JsonNode metric) {
        if (!metric.isObject()) {
            throw AnswerReader.garbage("labels", quote(metric));
        }
        Map<String, String> labels = new HashMap<>();
        metric.properties().forEach(label -> {
            if (!label.getValue().isTextual()) {
                throw AnswerReader.garbage("labels that are text", quote(metric));
            }
            labels.put(label.getKey(), label.getValue().textValue());
        });
        return labels;
    }

    private static List<Sample> samples(JsonNode node, String field) {
        if (field.equals("value")) {
            return List.of(sample(node));
        }
        if (!node.isArray()) {
            throw AnswerReader.garbage("a list of samples", quote(node));
        }
        List<Sample> samples = new ArrayList<>(node.size());
        node.forEach(pair -> samples.add(sample(pair)));
        return samples;
    }

    private static Sample sample(JsonNode node) {
        JsonNode pair = pair(node);
        return new Sample(millis(pair.get(0)), value(pair.get(1).textValue(), node));
    }

    private static JsonNode pair(JsonNode node) {
        if (!node.isArray() || node.size() != 2 || !node.get(1).isTextual()) {
            throw AnswerReader.garbage("a sample [time, \"value\"]", quote(node));
        }
        return node;
    }

    private static long millis(JsonNode time) {
        double seconds = time.isNumber() ? time.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
            throw AnswerReader.garbage("a time in seconds since 1970", quote(time));
        }
        return Math.round(seconds * 1000);
    }

    private static double value(String text, JsonNode node) {
        switch (text) {
            case "NaN":
                return Double.NaN;
            case "+Inf", "Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            default:
                if (!NUMBER.matcher(text).matches()) {
                    throw AnswerReader.garbage("a number", quote(node));
                }
                return Double.parseDouble(text);
        }
    }

    private static String quote(JsonNode node) {
        return node.isMissingNode() ? "nothing" : Quote.of(node.toString());
    }
}
