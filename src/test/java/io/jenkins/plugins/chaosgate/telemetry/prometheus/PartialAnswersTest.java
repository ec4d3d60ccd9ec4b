package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that call themselves a success and may still lack series. */
class PartialAnswersTest {
    private static final String DATA = "\"data\":{\"resultType\":\"matrix\",\"result\":[],\"stats\":{\"samples\":{}}}";

    private static Answer read(String more) {
        String body = "{\"status\":\"success\"," + more + DATA + "}";
        return AnswerReader.read(200, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"isPartial\":true,",
                "\"warnings\":[\"receive store unreachable\"],",
                "\"warnings\":[\"PromQL warning: x\",\"results truncated due to limit\"],",
                "\"warnings\":\"store down\",",
                "\"warnings\":[{\"store\":\"down\"}],",
                "\"warnings\":[\"store down\"],\"infos\":[],"
            })
    void whatMayLackSeriesIsSo(String more) {
        assertThat(read(more).maybePartial()).as(more).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"isPartial\":false,",
                "\"warnings\":[],",
                "\"warnings\":null,",
                "\"warnings\":[\"PromQL warning: bucket label is missing\"],",
                "\"infos\":[\"PromQL info: metric might not be a counter\"],"
            })
    void whatIsWholeIsSo(String more) {
        assertThat(read(more).maybePartial()).as(more).isEmpty();
    }

    @Test
    void whatIsCutOffIsNoAnswer() {
        String whole = "{\"status\":\"success\"," + DATA + "}";
        for (int length = 0; length < whole.length(); length++) {
            byte[] cut = whole.substring(0, length).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> AnswerReader.read(200, Optional.empty(), cut))
                    .isInstanceOf(NoAnswer.class);
        }
    }
}
