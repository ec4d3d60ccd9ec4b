package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A number of requests, which the model's thresholds hold as a double. */
final class CountType extends ScalarType<Double> {

    private static final WholeNumberType WHOLE = new WholeNumberType("count", "a number of requests", 0, 1_000_000_000);

    CountType() {
        super("count", WHOLE.expected());
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        return WHOLE.parse(text, in).map(Integer::doubleValue);
    }

    @Override
    JsonNode format(Double value) {
        return Json.number(Decimals.exact(value));
    }

    @Override
    List<ObjectNode> forms() {
        return WHOLE.forms();
    }
}
