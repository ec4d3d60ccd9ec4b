package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import java.util.List;

/** A gRPC status other than OK, by its number or its name; the model holds the number. */
final class GrpcStatusType extends ScalarType<Integer> {

    private static final List<String> NAMES = GrpcAbort.STATUS_NAMES;
    private static final WholeNumberType NUMBER = new WholeNumberType("grpcStatus", "a gRPC status", 1, NAMES.size());

    GrpcStatusType() {
        super("grpcStatus", "a gRPC status other than OK, by name such as UNAVAILABLE or by number from 1 to 16");
    }

    @Override
    Parsed<Integer> parse(String text, Reading in) {
        int named = NAMES.indexOf(text);
        Parsed<Integer> numbered = NUMBER.parse(text, in);
        if (named >= 0 || numbered.value().isPresent()) {
            return named >= 0 ? Parsed.of(named + 1) : numbered;
        }
        return Parsed.wrongButNear(Nearest.to(text, NAMES));
    }

    @Override
    JsonNode format(Integer value) {
        return Json.text(NAMES.get(value - 1));
    }

    @Override
    List<ObjectNode> forms() {
        ObjectNode names = Json.object();
        ArrayNode words = names.putArray("enum");
        NAMES.forEach(words::add);
        return List.of(
                Json.numeric("integer").put("minimum", 1).put("maximum", NAMES.size()),
                Json.string("([1-9]|1[0-6])"),
                names);
    }
}
