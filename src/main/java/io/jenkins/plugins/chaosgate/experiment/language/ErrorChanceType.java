package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How often a decision may be wrong: {@code 1%}, {@code 0.001}. */
final class ErrorChanceType extends ScalarType<Double> {

    private static final double SMALLEST = 1e-9;
    private static final double LARGEST = 0.5;
    private static final FractionType FRACTION = new FractionType();

    ErrorChanceType() {
        super("chance", "a chance from 0.0000001% to 50%, such as 1% or 0.01");
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        Parsed<Double> share = FRACTION.parse(text, in);
        return share.value()
                        .filter(chance -> chance >= SMALLEST && chance <= LARGEST)
                        .isPresent()
                ? share
                : Parsed.wrong();
    }

    @Override
    JsonNode format(Double chance) {
        return FRACTION.format(chance);
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(
                Json.numeric("number").put("minimum", SMALLEST).put("maximum", LARGEST),
                Json.string("0\\.[0-9]{1,30}"),
                Json.string("(50(\\.0{1,30})?|[0-4]?[0-9](\\.[0-9]{1,30})?) ?%"));
    }
}
