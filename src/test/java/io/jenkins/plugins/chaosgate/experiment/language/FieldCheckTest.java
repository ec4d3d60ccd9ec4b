package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field on its own gets the message that it would get within a whole experiment. */
class FieldCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "httpAbort      | status     | 700   | found '700'; expected an HTTP status, a whole number from 200 to 599",
                "httpAbort      | to         | a:80  | found 'a:80'; did you mean 'a'? Expected a service without its port",
                "httpAbort      | to         | api.payments.example | found 'api.payments.example'; expected a service, such as ratings or ratings.bookinfo (hosts outside the cluster cannot be hurt",
                "httpAbort      | to         | api.payments.example:80 | found 'api.payments.example:80'; expected a service, such as ratings or ratings.bookinfo (hosts outside",
                "grpcAbort      | status     | OK    | found 'OK'; expected a gRPC status other than OK, by name such as",
                "failedRequests | max        | many  | found 'many'; expected a number of requests, a whole number from 0",
                "webhook        | url        | http://me:pw@a | found '…@a'; expected an address without a user or a",
                "''             | namespace  | A     | found 'A'; did you mean 'a'? Expected a Kubernetes namespace:",
                "''             | duration   | 5     | found '5'; did you mean '5s'? Expected a duration above 0, such",
                "pods           | minReady   | 1     | found '1'; expected 1% or 100%, since a bare 1 could mean both",
                "''             | guard      | nothing | found 'nothing'; expected one of job, none",
            })
    void saysWhatIsWrong(String kind, String field, String value, String message) {
        assertThat(FieldCheck.value(kind, field, value)).get().asString().startsWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "httpAbort,status,503",
        "httpAbort,to,ratings.other",
        "errorRate,max,1%",
        "latency,max,250ms",
        "pods,maxRestarts,3",
        "'',namespace,bookinfo",
        "'',warmup,5s",
        "'',name,anything"
    })
    void saysNothingAboutWhatIsRight(String kind, String field, String value) {
        assertThat(FieldCheck.value(kind, field, value)).isEmpty();
    }

    @Test
    void wantsWhatIsRequired() {
        assertThat(FieldCheck.value("httpAbort", "status", null))
                .hasValue("missing field 'status'; expected an HTTP status, a whole number from 200 to 599");
        assertThat(FieldCheck.value("", "canary", null)).isPresent();
        assertThat(FieldCheck.value("httpAbort", "percentage", null)).isEmpty();
        assertThat(FieldCheck.value("", "stable", null)).isEmpty();
        assertThat(FieldCheck.value("pods", "minReady", null)).isEmpty();
    }

    @Test
    void saysWhereInAMapItIs() {
        assertThat(FieldCheck.value("", "canary", Map.of("app", "-")))
                .get()
                .asString()
                .startsWith("canary.app: found '-'; expected a Kubernetes label's value");
        assertThat(FieldCheck.value("httpAbort", "headers", Map.of("x-tester", "canary")))
                .isEmpty();
        assertThat(FieldCheck.value("httpAbort", "headers", "x"))
                .hasValue("found 'x'; expected a map of at least one HTTP header with its exact value, such as"
                        + " {x-tester: canary}");
    }

    @Test
    void knowsNoOtherFields() {
        assertThatThrownBy(() -> FieldCheck.value("httpAbort", "state", "1"))
                .hasMessage("'httpAbort' has no field 'state'");
        assertThatThrownBy(() -> FieldCheck.value("abort", "status", "1")).hasMessage("'abort' has no field 'status'");
        assertThatThrownBy(() -> FieldCheck.value("", "target", "1")).hasMessage("an experiment has no field 'target'");
    }

    @Test
    void checksNames() {
        assertThat(FieldCheck.name("b", List.of("b", "a"))).isEmpty();
        assertThat(FieldCheck.name("clustr", List.of("file", "cluster")))
                .hasValue("unknown field 'clustr'; did you mean 'cluster'? Expected one of file, cluster");
    }

    @Test
    void checksWords() {
        assertThat(FieldCheck.word("FAILURE", List.of("FAILURE", "SUCCESS"))).isEmpty();
        assertThat(FieldCheck.word("failure", List.of("FAILURE", "SUCCESS")))
                .hasValue("found 'failure'; did you mean 'FAILURE'? Expected one of FAILURE, SUCCESS");
    }
}
