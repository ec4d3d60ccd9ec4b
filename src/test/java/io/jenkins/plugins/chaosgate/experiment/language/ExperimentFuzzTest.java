package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.fuzz.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a file holds is an experiment that can be written and read again, or an error that says what is wrong. */
class ExperimentFuzzTest {

    /** For Jazzer, too: testbed/fuzz. */
    public static void fuzzerTestOneInput(byte[] input) {
        Experiment experiment;
        try {
            experiment = ExperimentReader.read("fuzzed.yaml", input, Map.of("x", "500"));
        } catch (InvalidExperimentException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            return;
        }
        String written = ExperimentWriter.write(experiment).toString();
        assertThat(ExperimentReader.read("again.json", written, Map.of())).isEqualTo(experiment);
    }

    @Test
    void readsWhateverComes() throws IOException {
        Mutations.of(Path.of("examples"), 3_000, 1).forEach(ExperimentFuzzTest::fuzzerTestOneInput);
    }
}
