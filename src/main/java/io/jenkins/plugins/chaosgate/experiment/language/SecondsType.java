package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** A duration as the model's thresholds hold it: in seconds. */
final class SecondsType extends ScalarType<Double> {

    private static final DurationType DURATION = DurationType.any();

    SecondsType() {
        super("duration", DURATION.expected());
    }

    @Override
    Parsed<Double> parse(String text, Reading in) {
        return DURATION.parse(text, in)
                .map(duration -> BigDecimal.valueOf(duration.toMillis(), 3).doubleValue());
    }

    @Override
    JsonNode format(Double seconds) {
        BigDecimal nanos = BigDecimal.valueOf(seconds).movePointRight(9).setScale(0, RoundingMode.HALF_UP);
        return DURATION.format(Duration.ofNanos(nanos.longValueExact()));
    }

    @Override
    List<ObjectNode> forms() {
        return DURATION.forms();
    }
}
