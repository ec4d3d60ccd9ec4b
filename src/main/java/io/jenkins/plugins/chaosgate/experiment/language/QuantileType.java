package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A percentile: {@code 99} is p99, which the model holds as 0.99; 1 and below could be a share and is refused. */
final class QuantileType extends ScalarType<Double> {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    QuantileType() {
        super("quantile", "a percentile above 1 and below 100, such as 50, 99 or 99.9");
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        Optional<BigDecimal> percent = Decimals.parse(text);
        if (percent.isEmpty()) {
            String bare = text.replaceFirst("^[pP]", "").replaceFirst(" ?%$", "");
            return Decimals.parse(bare).isPresent() ? Parsed.wrongButNear(bare) : Parsed.wrong();
        }
        if (percent.get().compareTo(BigDecimal.ONE) <= 0) {
            BigDecimal meant = percent.get().movePointRight(2);
            boolean isShare = meant.compareTo(BigDecimal.ONE) > 0 && meant.compareTo(HUNDRED) < 0;
            return Parsed.wrongButNear(isShare ? Decimals.plain(meant) : "");
        }
        return percent.get().compareTo(HUNDRED) < 0
                ? Parsed.of(percent.get().movePointLeft(2).doubleValue())
                : Parsed.wrong();
    }

    @Override
    JsonNode format(Double share) {
        return Json.number(Decimals.exact(share).movePointRight(2));
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(
                Json.numeric("number").put("exclusiveMinimum", 1).put("exclusiveMaximum", 100),
                Json.string("[0-9]{1,2}(\\.[0-9]{1,30})?"));
    }
}
