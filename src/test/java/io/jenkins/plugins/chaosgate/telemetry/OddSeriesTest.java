package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.failedRequests;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.throughput;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that a gate must not take for a healthy canary. */
class OddSeriesTest {
    private static final String LABELS = "reporter=destination;destination_app=reviews;destination_version=v2;"
            + "destination_workload_namespace=bookinfo;response_flags=-;job=envoy;";

    private final FakePrometheus prometheus = new FakePrometheus();

    private Reading read(Threshold threshold) {
        InstantSource clock = InstantSource.fixed(at(100));
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock);
        return new PrometheusMetrics(prometheus, webhooks, new IstioDialect("bookinfo"), clock, Duration.ofSeconds(9))
                .read(List.of(new ValueOf(threshold, Optional.of(CANARY), window(50, 100))))
                .join()
                .get(0);
    }

    private Count counted() {
        return ((Value) read(errorRate(Optional.empty())))
                .counted()
                .orElseThrow()
                .judged();
    }

    private void series(String labels, double... pairs) {
        prometheus.series("istio_requests_total", LABELS + labels, pairs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";response_code=", ";response_code=unknown", ";response_code=5OO"})
    void requestsWithoutAStatusAreNotTakenForGoodOnes(String label) {
        series("instance=a" + label, 40, 0, 60, 10, 80, 20, 100, 30);
        assertThat(read(errorRate(Optional.empty()))).isInstanceOfSatisfying(NoData.class, missing -> {
            assertThat(missing.why()).isEqualTo(Why.GARBAGE);
            assertThat(missing.detail()).contains("label response_code");
        });
        assertThat(read(throughput())).as("no status is needed").isInstanceOf(Value.class);
    }

    @Test
    void aClassOfStatusesWillDo() {
        series("instance=a;response_code=2xx", 40, 0, 60, 10, 80, 20, 100, 30);
        series("instance=a;response_code=5xx", 40, 0, 60, 0, 80, 2, 100, 3);
        assertThat(counted()).isEqualTo(Count.of(3, 33));
    }

    @Test
    void aPodThatIsReplacedByOneOfAnotherNameIsCountedOnWhereItsFirstScrapeIsKnown() {
        series("instance=a;pod=a;response_code=500", 40, 0, 50, 0, 60, 4, 70, Double.NaN);
        prometheus.series("up", "job=envoy;instance=b", 70, 1, 80, 1, 90, 1, 100, 1);
        series("instance=b;pod=b;response_code=500", 80, 2, 90, 2, 100, 3);
        assertThat(counted()).isEqualTo(Count.of(7, 7));
    }

    @Test
    void aPodThatHadCountedBeforeItWasFirstScrapedLeavesItOpen() {
        series("instance=a;pod=a;response_code=200", 40, 0, 50, 100, 60, 200, 70, 300, 80, 400, 90, 500, 100, 600);
        series("instance=b;pod=b;response_code=500", 80, 60, 90, 60, 100, 60);
        assertThat(read(errorRate(Optional.empty())))
                .isInstanceOfSatisfying(
                        NoData.class, missing -> assertThat(missing.why()).isEqualTo(Why.UNCERTAIN));
    }

    private void assertUncertain(Threshold threshold, String more) {
        assertThat(read(threshold)).isInstanceOfSatisfying(NoData.class, missing -> {
            assertThat(missing.why()).isEqualTo(Why.UNCERTAIN);
            assertThat(missing.detail()).contains("there may be " + more);
        });
    }

    @Test
    void failuresThatPerhapsWereTheOnlyRequestsAreNotTakenForNoTraffic() {
        series("instance=b;pod=b;response_code=500", 80, 60, 90, 60, 100, 60);
        assertUncertain(errorRate(Optional.empty()), "60 more failed requests");
        assertUncertain(failedRequests(), "60 more failed requests");
    }

    @Test
    void failuresThatPerhapsCameBesideGoodOnesLeaveTheirCountOpen() {
        series("instance=a;pod=a;response_code=200", 40, 0, 50, 100, 60, 200, 70, 300, 80, 400, 90, 500, 100, 600);
        series("instance=b;pod=b;response_code=500", 80, 60, 90, 60, 100, 60);
        assertUncertain(errorRate(Optional.empty()), "60 more failed requests");
        assertUncertain(failedRequests(), "60 more failed requests");
    }

    @Test
    void goodRequestsThatPerhapsWereTheOnlyOnesAreNoTraffic() {
        series("instance=b;pod=b;response_code=200", 80, 60, 90, 60, 100, 60);
        for (Threshold threshold : List.of(errorRate(Optional.empty()), failedRequests())) {
            assertThat(read(threshold)).isInstanceOfSatisfying(NoData.class, missing -> assertThat(missing.why())
                    .isEqualTo(Why.NO_TRAFFIC));
        }
    }

    @Test
    void twoReplicasOfPrometheusCountEachRequestOnce() {
        for (int replica = 0; replica < 2; replica++) {
            String labels = "instance=a;prometheus_replica=" + replica + ";response_code=";
            series(labels + 200, 40 + replica, 0, 60 + replica, 10, 80 + replica, 20, 99 + replica, 30);
            series(labels + 500, 40 + replica, 0, 60 + replica, 1, 80 + replica, 2, 99 + replica, 3);
        }
        assertThat(counted()).isEqualTo(Count.of(3, 33));
    }

    @Test
    void samplesInAnotherOrderAreTheSame() {
        series("instance=a;response_code=500", 100, 9, 60, 3, 40, 0, 80, 3);
        assertThat(counted()).isEqualTo(Count.of(9, 9));
    }
}
