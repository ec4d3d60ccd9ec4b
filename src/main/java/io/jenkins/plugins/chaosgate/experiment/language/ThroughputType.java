package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ARM;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.OF;

import io.jenkins.plugins.chaosgate.experiment.Throughput;
import java.util.List;

/** A rate of requests. */
final class ThroughputType extends ServiceThresholdType<Throughput> {

    ThroughputType() {
        super(
                "throughput",
                "How many requests the service answers in a time.",
                Throughput.class,
                Limits.in(new RateType()),
                ThresholdFields.window("window", "How far an observation looks back."),
                List.of());
    }

    @Override
    String what(Values values) {
        return "throughput";
    }

    @Override
    Throughput make(Values values) {
        return new Throughput(title(values), values.get(OF), values.find(ARM), window(values), judging(values));
    }
}
