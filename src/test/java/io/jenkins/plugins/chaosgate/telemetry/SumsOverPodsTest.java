package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.STABLE;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.atMost;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.experiment;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.failedRequests;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.latency;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.scene;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counters that recording rules summed over pods: they fall when a pod goes, which is no restart. */
@Timeout(30)
class SumsOverPodsTest {
    private static final String SUM = "reporter=destination;destination_app=reviews;destination_version=v2;"
            + "destination_workload_namespace=bookinfo;response_flags=-;";

    private final FakePrometheus prometheus = new FakePrometheus();

    private PrometheusMetrics metrics() {
        prometheus.serverTime = at(1000);
        InstantSource clock = InstantSource.fixed(at(1000));
        return new PrometheusMetrics(
                prometheus,
                new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(2), clock),
                new IstioDialect("bookinfo"),
                clock,
                Duration.ofSeconds(5));
    }

    private Reading read(Threshold threshold) {
        return metrics()
                .read(List.of(new Question.ValueOf(threshold, Optional.of(CANARY), window(940, 1000))))
                .join()
                .get(0);
    }

    private void requests(String code, String more, double... pairs) {
        prometheus.series("istio_requests_total", SUM + "response_code=" + code + more, pairs);
    }

    private static void assertUncertain(Reading reading) {
        assertThat(reading).isInstanceOfSatisfying(NoData.class, none -> {
            assertThat(none.why()).isEqualTo(Why.UNCERTAIN);
            assertThat(none.detail()).contains("a sum over pods that fell");
        });
    }

    @Test
    void aPodThatGoesFailsNothing() {
        requests("503", "", 930, 80, 960, 80, 980, 40, 999, 40);
        requests("200", "", 930, 3000, 960, 3300, 980, 2400, 999, 2500);
        assertUncertain(read(failedRequests()));
        assertUncertain(read(errorRate(Optional.empty())));
    }

    @Test
    void aPodThatComesBackFailsNothing() {
        requests("503", "", 900, 80, 930, 40, 960, 80, 999, 80);
        requests("200", "", 900, 3000, 930, 2000, 960, 3300, 999, 3400);
        assertUncertain(read(failedRequests()));
    }

    @Test
    void whatFailsWhileAPodGoesIsNotForgotten() {
        requests("503", "", 930, 40, 960, 40, 980, 60, 999, 60);
        requests("200", "", 930, 3000, 960, 3300, 980, 2400, 999, 2500);
        assertUncertain(read(failedRequests()));
    }

    @Test
    void withoutAFallTheyCountAsOthersDo() {
        requests("503", "", 940, 40, 960, 42, 980, 44, 999, 45);
        requests("200", "", 940, 3000, 960, 3300, 980, 3400, 999, 3500);
        Value value = (Value) read(failedRequests());
        assertThat(value.value()).isEqualTo(5);
        assertThat(value.requests()).hasValue(505);
    }

    /** Nothing failed before, and nothing has since: whatever the pod that went had answered, it was well. */
    @Test
    void aFallOfGoodRequestsHidesNoBadOnes() {
        requests("200", "", 930, 3000, 960, 3300, 980, 2400, 999, 2500);
        assertThat(((Value) read(failedRequests())).value()).isZero();
    }

    /** One pod's own counter does begin anew. */
    @Test
    void whereThePodIsToldAFallIsARestart() {
        requests("503", ";pod=a", 930, 80, 960, 80, 980, 40, 999, 40);
        requests("200", ";pod=a", 930, 3000, 960, 3300, 980, 2400, 999, 2500);
        assertThat(((Value) read(failedRequests())).value()).isEqualTo(40);
    }

    @Test
    void latenciesAreAsUncertain() {
        for (String le : List.of("100", "500", "+Inf")) {
            double slow = le.equals("100") ? 0 : 40;
            prometheus.series(
                    "istio_request_duration_milliseconds_bucket",
                    SUM + "le=" + le,
                    930,
                    3000 + 2 * slow,
                    960,
                    3300 + 2 * slow,
                    980,
                    1000 + slow,
                    999,
                    1100 + slow);
        }
        assertUncertain(read(latency(0.99, atMost(0.1))));
    }

    @Test
    void preflightSaysWhatTheyAre() {
        requests("200", "", 930, 3000, 960, 3300, 980, 3400, 999, 3500);
        List<Finding> findings = metrics()
                .check(experiment(List.of(), failedRequests()), scene(STABLE, 0))
                .toCompletableFuture()
                .join();
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.WARNING
                        && finding.topic().equals("requests"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .contains("neither the label instance nor pod", "sums over pods", "not a restart"));
    }
}
