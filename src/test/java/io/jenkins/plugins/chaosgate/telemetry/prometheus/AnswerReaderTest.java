package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Text;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static Answer read(int status, String body) {
        return AnswerReader.read(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer.Result data(String data) {
        return read(200, "{\"status\":\"success\",\"data\":" + data + "}").result();
    }

    private static NoAnswer refused(int status, String body) {
        return catchThrowableOfType(NoAnswer.class, () -> read(status, body));
    }

    private static NoAnswer refusedData(String data) {
        return refused(200, "{\"status\":\"success\",\"data\":" + data + "}");
    }

    @Test
    void tellsTheFourKindsOfResultsApart() {
        assertThat(data("{\"resultType\":\"scalar\",\"result\":[1700000000.123,\"4\"]}"))
                .isEqualTo(new Scalar(new Sample(1_700_000_000_123L, 4)));
        assertThat(data("{\"resultType\":\"string\",\"result\":[1700000000,\"hello\"]}"))
                .isEqualTo(new Text("hello"));
        assertThat(data("{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"b\"},\"value\":[1,\"2.5\"]}]}"))
                .isEqualTo(new Vector(List.of(new Series(Map.of("a", "b"), List.of(new Sample(1000, 2.5))))));
        assertThat(data("{\"resultType\":\"matrix\",\"result\":"
                        + "[{\"metric\":{},\"values\":[[1,\"2\"],[2.5,\"1e+03\"]]}]}"))
                .isEqualTo(new Matrix(
                        List.of(new Series(Map.of(), List.of(new Sample(1000, 2), new Sample(2500, 1000))))));
    }

    @ParameterizedTest
    @CsvSource({"NaN,NaN", "+Inf,Infinity", "Inf,Infinity", "-Inf,-Infinity", "-0.5,-0.5", "1e-3,0.001", ".5,0.5"})
    void readsNumbersAsPrometheusWritesThem(String text, double value) {
        assertThat(data("{\"resultType\":\"scalar\",\"result\":[1,\"" + text + "\"]}"))
                .isEqualTo(new Scalar(new Sample(1000, value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resultType\":\"scalar\",\"result\":[1,\"0x1p3\"]}",
                "{\"resultType\":\"scalar\",\"result\":[1,\"1d\"]}",
                "{\"resultType\":\"scalar\",\"result\":[1,\"\"]}",
                "{\"resultType\":\"scalar\",\"result\":[1,2]}",
                "{\"resultType\":\"scalar\",\"result\":[\"1\",\"2\"]}",
                "{\"resultType\":\"scalar\",\"result\":[-1,\"2\"]}",
                "{\"resultType\":\"scalar\",\"result\":[1700000000000,\"2\"]}",
                "{\"resultType\":\"scalar\",\"result\":[1e999,\"2\"]}",
                "{\"resultType\":\"scalar\",\"result\":[1,\"2\",\"3\"]}",
                "{\"resultType\":\"scalar\"}",
                "{\"resultType\":\"table\",\"result\":[]}",
                "{\"resultType\":\"vector\",\"result\":{}}",
                "{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"2\"]}]}",
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":1},\"value\":[1,\"2\"]}]}",
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}",
                "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":7}]}",
                "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[7]}]}",
                "[]",
                "null",
            })
    void whatIsNoResultIsGarbage(String data) {
        assertThat(refusedData(data).why()).isEqualTo(Why.GARBAGE);
    }

    @Test
    void nativeHistogramsAreRefused() {
        NoAnswer refused =
                refusedData("{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"b\"},\"histogram\":[1,{}]}]}");
        assertThat(refused.why()).isEqualTo(Why.REFUSED);
        assertThat(refused).hasMessageContaining("native histograms");
    }

    @ParameterizedTest
    @CsvSource({
        "400,bad_data,REFUSED",
        "422,execution,REFUSED",
        "503,timeout,TIMED_OUT",
        "503,canceled,UNAVAILABLE",
        "500,internal,UNAVAILABLE",
        "200,bad_data,REFUSED",
        "500,never_heard_of,UNAVAILABLE"
    })
    void anErrorOfPrometheusKeepsItsWords(int status, String type, Why why) {
        NoAnswer error = refused(
                status, "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"1:5: parse error\\nhere\"}");
        assertThat(error.why()).isEqualTo(why);
        assertThat(error).hasMessage("Prometheus said " + type + " (HTTP " + status + "): 1:5: parse error\\u000ahere");
    }

    @ParameterizedTest
    @CsvSource({
        "302,redirects are not followed",
        "401,credentials",
        "403,credentials",
        "404,is its path right",
        "429,too many",
        "502,Bad Gateway"
    })
    void anAnswerOfSomethingElseSaysWhatItWas(int status, String hint) {
        NoAnswer error = refused(status, "<html>Bad Gateway</html>");
        assertThat(error.why()).isEqualTo(Why.UNAVAILABLE);
        assertThat(error).hasMessageContaining("HTTP " + status).hasMessageContaining(hint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>\u001b[31mlogin</html>",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2\"]}} trailing",
                "{\"status\":\"success\",\"status\":\"error\"}",
                "{\"status\":\"maybe\"}",
                "[1]"
            })
    void aSuccessThatIsNoneIsGarbage(String body) {
        NoAnswer garbage = refused(200, body);
        assertThat(garbage.why()).isEqualTo(Why.GARBAGE);
        assertThat(garbage.getMessage()).doesNotContain("\u001b", "\n").hasSizeLessThan(400);
    }

    @Test
    void aCompressedAnswerIsNotRead() {
        NoAnswer garbage = catchThrowableOfType(
                NoAnswer.class, () -> AnswerReader.read(200, Optional.of("gzip"), new byte[] {31, -117}));
        assertThat(garbage.why()).isEqualTo(Why.GARBAGE);
        assertThat(garbage).hasMessageContaining("gzip");
    }

    @Test
    void warningsAndInfosAreKept() {
        Answer answer = read(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]},"
                        + "\"warnings\":[\"PromQL warning: x\",\"store down\"],\"infos\":[\"not a counter\"]}");
        assertThat(answer.warnings()).containsExactly("PromQL warning: x", "store down");
        assertThat(answer.infos()).containsExactly("not a counter");
        assertThat(answer.maybePartial()).contains("store down");
    }

    @Test
    void quotesAreOneShortLine() {
        assertThat(Quote.of("a\nb\u202e\"")).isEqualTo("\"a\\u000ab\\u202e\"\"");
        assertThat(Quote.of("x".repeat(500))).isEqualTo("\"" + "x".repeat(160) + "...\"");
        assertThat(Quote.of("é".repeat(5000).getBytes(StandardCharsets.UTF_8))).hasSize(165);
    }
}
