package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Numbers from a Prometheus whose certificate nobody looks at: said in every preflight, since a verdict is worth no more than
 * they are.
 *
 * @param metrics where they come from
 */
record UnverifiedMetrics(MetricSource metrics) implements MetricSource {

    private static final Finding WARNING = Finding.warning(
            "prometheus",
            "the certificate of Prometheus is not verified (the target's skipTlsVerify): whoever is in between can read the"
                    + " credentials and make up the numbers; give its CA instead");

    @Override
    public CompletionStage<List<Finding>> check(Experiment experiment, Scene scene) {
        return metrics.check(experiment, scene)
                .thenApply(findings ->
                        Stream.concat(findings.stream(), Stream.of(WARNING)).toList());
    }

    @Override
    public CompletionStage<List<Reading>> read(List<Question> questions) {
        return metrics.read(questions);
    }
}
