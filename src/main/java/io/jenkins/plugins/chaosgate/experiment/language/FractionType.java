package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A share from 0 to 1: {@code 1%} and {@code 0.01} are the same; a bare {@code 1} could mean both and is refused. */
final class FractionType extends ScalarType<Double> {

    FractionType() {
        super("fraction", "a share from 0% to 100%, such as 1% or 0.01");
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        Optional<BigDecimal> percent = Decimals.parse(text, "%");
        Optional<BigDecimal> bare = Decimals.parse(text);
        if (percent.isPresent()) {
            BigDecimal share = percent.get().movePointLeft(2);
            return share.compareTo(BigDecimal.ONE) > 0 ? Parsed.wrong() : Parsed.of(share.doubleValue());
        }
        if (bare.isEmpty()) {
            return Parsed.wrong();
        }
        return switch (bare.get().compareTo(BigDecimal.ONE)) {
            case -1 -> Parsed.of(bare.get().doubleValue());
            case 0 -> Parsed.wrong("1% or 100%, since a bare 1 could mean both", "");
            default -> Parsed.wrongButNear(Decimals.plain(bare.get()) + "%");
        };
    }

    @Override
    JsonNode format(Double share) {
        return Json.text(Decimals.plain(Decimals.exact(share).movePointRight(2)) + "%");
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(
                Json.numeric("number").put("minimum", 0).put("exclusiveMaximum", 1),
                Json.string("0(\\.[0-9]{1,30})?"),
                Json.string("(100(\\.0{1,30})?|[0-9]{1,2}(\\.[0-9]{1,30})?) ?%"));
    }
}
