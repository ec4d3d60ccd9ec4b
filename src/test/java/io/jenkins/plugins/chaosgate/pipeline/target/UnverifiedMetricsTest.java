package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class UnverifiedMetricsTest {

    private static final List<Reading> READINGS = List.of(new Reading.NoData(Reading.Why.NO_SERIES, "none"));

    @Test
    void aPrometheusThatNobodyVerifiesIsWarnedOfAndReadAsAnyOther() {
        MetricSource metrics = new UnverifiedMetrics(new MetricSource() {
            @Override
            public CompletionStage<List<Finding>> check(Experiment experiment, Scene scene) {
                return CompletableFuture.completedFuture(List.of(Finding.ok("prometheus", "answers")));
            }

            @Override
            public CompletionStage<List<Reading>> read(List<Question> questions) {
                return CompletableFuture.completedFuture(READINGS);
            }
        });
        List<Finding> findings =
                metrics.check(null, Scene.UNKNOWN).toCompletableFuture().join();
        assertThat(findings)
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.OK, Finding.Severity.WARNING);
        assertThat(findings.get(1).text()).contains("not verified", "skipTlsVerify");
        assertThat(metrics.read(List.of()).toCompletableFuture().join()).isEqualTo(READINGS);
    }
}
