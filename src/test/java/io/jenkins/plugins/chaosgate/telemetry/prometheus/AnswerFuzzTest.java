package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.fuzz.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever answers in Prometheus' place is an answer, or a reason why there is none. */
class AnswerFuzzTest {

    /** For Jazzer, too: testbed/fuzz. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Answer answer = AnswerReader.read(200, Optional.empty(), input);
            assertThat(answer.warnings()).doesNotContainNull();
        } catch (NoAnswer expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Test
    void readsWhateverComes() throws IOException {
        Mutations.of(Path.of("src/test/resources/fuzz/answers"), 20_000, 1).forEach(AnswerFuzzTest::fuzzerTestOneInput);
    }
}
