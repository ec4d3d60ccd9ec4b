package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published experiment is one. */
class ExamplesTest {

    static Iterable<Path> files() throws IOException {
        return Examples.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRead(Path file) throws IOException {
        assertThat(Examples.read(file).steadyState()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isTheSameAfterItWasWritten(Path file) throws IOException {
        Experiment experiment = Examples.read(file);
        String written = ExperimentWriter.write(experiment).toPrettyString();

        assertThat(ExperimentReader.read("again.json", written, Map.of())).isEqualTo(experiment);
        assertThat(ExperimentReader.read("again.yaml", written, Map.of())).isEqualTo(experiment);
    }

    @Test
    void showsEveryKindOfFaultAndThreshold() throws IOException {
        Set<String> kinds = new HashSet<>();
        for (Path file : Examples.files()) {
            Experiment experiment = Examples.read(file);
            experiment.faults().stream().map(Fault::kind).forEach(kinds::add);
            experiment.steadyState().stream().map(Threshold::kind).forEach(kinds::add);
        }

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "httpAbort",
                        "grpcAbort",
                        "httpDelay",
                        "bandwidthLimit",
                        "failedRequests",
                        "errorRate",
                        "latency",
                        "throughput",
                        "promql",
                        "webhook");
    }
}
