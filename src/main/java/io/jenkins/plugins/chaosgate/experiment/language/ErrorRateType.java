package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ARM;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.OF;

import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import java.util.List;

/** A share of failed requests. */
final class ErrorRateType extends ServiceThresholdType<ErrorRate> {

    ErrorRateType() {
        super(
                "errorRate",
                "Which share of its requests the service answered with a 5xx status or a failed gRPC status.",
                ErrorRate.class,
                Limits.in(new FractionType()),
                ThresholdFields.window("window", "How far an observation looks back."),
                List.of());
    }

    @Override
    String what(Values values) {
        return "error rate";
    }

    @Override
    ErrorRate make(Values values) {
        return new ErrorRate(title(values), values.get(OF), values.find(ARM), window(values), judging(values));
    }
}
