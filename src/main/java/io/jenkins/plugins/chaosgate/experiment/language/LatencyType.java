package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ARM;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.OF;

import io.jenkins.plugins.chaosgate.experiment.Latency;
import java.util.List;

/** A time to answer, at a quantile. */
final class LatencyType extends ServiceThresholdType<Latency> {

    private static final QuantileType PERCENTILE = new QuantileType();
    private static final Field<Latency, Double> QUANTILE =
            Field.required("quantile", PERCENTILE, "The percentile: 99 is p99.", Latency::quantile);

    LatencyType() {
        super(
                "latency",
                "How long the service takes to answer, at a percentile.",
                Latency.class,
                Limits.in(new SecondsType()),
                ThresholdFields.window("window", "How far an observation looks back."),
                List.of(QUANTILE));
    }

    @Override
    String what(Values values) {
        return "p" + PERCENTILE.format(values.get(QUANTILE)).asText();
    }

    @Override
    Latency make(Values values) {
        return new Latency(
                title(values), values.get(OF), values.find(ARM), values.get(QUANTILE), window(values), judging(values));
    }
}
