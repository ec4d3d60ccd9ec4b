package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** A number of the user's own, without a unit; NaN and infinities are none. */
final class NumberType extends ScalarType<Double> {

    private static final String PATTERN = "-?[0-9]{1,18}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?";
    private static final Pattern WRITTEN = Pattern.compile(PATTERN);

    private final double least;
    private final boolean included;

    private NumberType(String name, String expected, double least, boolean included) {
        super(name, expected);
        this.least = least;
        this.included = included;
    }

    static NumberType any() {
        return new NumberType(
                "number", "a number without a unit, such as 100, -2.5 or 1e6", Double.NEGATIVE_INFINITY, true);
    }

    static NumberType aboveZero() {
        return new NumberType("ratio", "a number above 0, such as 1.5", 0, false);
    }

    static NumberType atLeastOne() {
        return new NumberType("burstiness", "a number of 1 or more, such as 3", 1, true);
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        if (!WRITTEN.matcher(text).matches()) {
            return Parsed.wrong();
        }
        double number = Double.parseDouble(text);
        boolean large = included ? number >= least : number > least;
        return large && Double.isFinite(number) ? Parsed.of(number) : Parsed.wrong();
    }

    @Override
    JsonNode format(Double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Json.number(Decimals.exact(value))
                : DoubleNode.valueOf(value);
    }

    @Override
    List<ObjectNode> forms() {
        ObjectNode number = Json.numeric("number");
        if (Double.isFinite(least)) {
            number.put(included ? "minimum" : "exclusiveMinimum", least);
        }
        return List.of(number, Json.string(PATTERN));
    }
}
