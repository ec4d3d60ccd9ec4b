package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ARM;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.OF;

import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import java.util.List;

/** A number of failed requests. */
final class FailedRequestsType extends ServiceThresholdType<FailedRequests> {

    FailedRequestsType() {
        super(
                "failedRequests",
                "How many requests the service answered with a 5xx status or a failed gRPC status within a time.",
                FailedRequests.class,
                Limits.in(new CountType()),
                ThresholdFields.window("per", "The length of that time."),
                List.of());
    }

    @Override
    String what(Values values) {
        return "failed requests";
    }

    @Override
    FailedRequests make(Values values) {
        return new FailedRequests(title(values), values.get(OF), values.find(ARM), window(values), judging(values));
    }
}
