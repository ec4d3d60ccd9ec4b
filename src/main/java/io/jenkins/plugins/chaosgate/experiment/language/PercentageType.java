package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** How many requests a fault hurts, always in percent: {@code 100}, {@code 50%}, {@code 0.01%}. */
final class PercentageType extends ScalarType<Percentage> {

    /** The finest that Envoy knows is a millionth, the fourth decimal of a percentage. */
    private static final int DECIMALS = 4;

    PercentageType() {
        super(
                "percentage",
                "a percentage above 0 and at most 100, with at most " + DECIMALS
                        + " decimals, such as 100, 50% or 0.01%");
    }

    @Override
    Parsed<Percentage> parse(String text, Reading in) {
        Optional<BigDecimal> percent = Decimals.parse(text, "%").or(() -> Decimals.parse(text));
        boolean right = percent.map(BigDecimal::stripTrailingZeros)
                .filter(number -> number.signum() > 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(100)) <= 0)
                .filter(number -> number.scale() <= DECIMALS)
                .isPresent();
        return right
                ? Parsed.of(
                        new Percentage(percent.get().movePointRight(DECIMALS).intValue()))
                : Parsed.wrong();
    }

    @Override
    JsonNode format(Percentage value) {
        return Json.number(BigDecimal.valueOf(value.millionths(), DECIMALS));
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(
                Json.numeric("number").put("exclusiveMinimum", 0).put("maximum", 100),
                Json.string("(?=.*[1-9])(100(\\.0{1,4})?|[0-9]{1,2}(\\.[0-9]{1,4})?) ?%?"));
    }
}
