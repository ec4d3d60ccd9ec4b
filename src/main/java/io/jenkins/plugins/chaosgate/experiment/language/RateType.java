package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** Requests in a time: {@code 5/s}, {@code 300/m}; in the model per second. */
final class RateType extends ScalarType<Double> {

    private static final BigDecimal SECONDS_OF_A_MINUTE = BigDecimal.valueOf(60);

    RateType() {
        super("rate", "a rate above 0 with its unit, such as 5/s or 300/m");
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        Optional<BigDecimal> bare = Decimals.parse(text);
        if (bare.isPresent()) {
            return Parsed.wrongButNear(text + "/s");
        }
        return Decimals.parse(text, "/s")
                .or(() -> Decimals.parse(text, "/m")
                        .map(perMinute -> perMinute.divide(SECONDS_OF_A_MINUTE, MathContext.DECIMAL128)))
                .map(BigDecimal::doubleValue)
                .filter(perSecond -> perSecond > 0)
                .map(Parsed::of)
                .orElseGet(Parsed::wrong);
    }

    @Override
    JsonNode format(Double perSecond) {
        return Json.text(Decimals.plain(Decimals.exact(perSecond)) + "/s");
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(Json.string("(?=.*[1-9])" + Decimals.PATTERN + " ?/[sm]"));
    }
}
