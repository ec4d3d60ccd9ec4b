package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples that Prometheus shows a while after their time, as with remote write. */
class LateSamplesTest {
    private static final String LABELS = "reporter=destination;destination_app=reviews;destination_version=v2;"
            + "destination_workload_namespace=bookinfo;response_flags=-;job=envoy;instance=";
    private static final double[] GOOD = {40, 0, 50, 10, 60, 20, 70, 30};
    private static final double[] FAILED = {40, 0, 50, 0, 60, 0, 70, 9};

    private final FakePrometheus prometheus = new FakePrometheus();

    private Reading read(double now) {
        prometheus.now = at(now);
        InstantSource clock = InstantSource.fixed(at(now));
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock);
        return new PrometheusMetrics(prometheus, webhooks, new IstioDialect("bookinfo"), clock, Duration.ofSeconds(9))
                .read(List.of(new ValueOf(errorRate(Optional.empty()), Optional.of(CANARY), window(45, now))))
                .join()
                .get(0);
    }

    private static Optional<Count> counted(Reading reading) {
        return reading instanceof Value value ? value.counted().map(Counted::judged) : Optional.empty();
    }

    @Test
    void failedRequestsThatComeLaterThanTheGoodOnesAreWaitedFor() {
        prometheus.series("istio_requests_total", LABELS + "a;response_code=200", GOOD);
        prometheus.late(5, "istio_requests_total", LABELS + "a;response_code=500", FAILED);

        assertThat(read(71)).isInstanceOfSatisfying(NoData.class, missing -> {
            assertThat(missing.why()).isEqualTo(Why.STALE);
            assertThat(missing.detail())
                    .startsWith("samples come late: a counter of a did not end")
                    .contains("00:01:00Z");
        });
        assertThat(counted(read(75))).contains(Count.of(9, 39));
    }

    @Test
    void samplesOfAWholeProxyThatComeLateAreCountedAsSoonAsTheyAreThere() {
        prometheus.late(12, "istio_requests_total", LABELS + "a;response_code=200", GOOD);
        prometheus.late(12, "istio_requests_total", LABELS + "a;response_code=500", FAILED);

        assertThat(counted(read(73))).contains(Count.of(0, 20));
        assertThat(counted(read(82))).contains(Count.of(9, 39));
    }

    @Test
    void aProxyThatIsLateByTooMuchIsNotTakenForOneThatIsGone() {
        prometheus.series(
                "istio_requests_total", LABELS + "a;response_code=200", 40, 0, 50, 9, 60, 9, 70, 9, 80, 9, 90, 9);
        prometheus.late(45, "istio_requests_total", LABELS + "b;response_code=500", FAILED);

        assertThat(read(91)).isInstanceOfSatisfying(NoData.class, missing -> assertThat(missing.detail())
                .contains("a counter of b"));
    }

    @Test
    void whatIsMarkedAsEndedIsNotWaitedFor() {
        prometheus.series("istio_requests_total", LABELS + "a;response_code=200", GOOD);
        prometheus.series("istio_requests_total", LABELS + "b;response_code=500", 40, 0, 50, 3, 60, Double.NaN);
        prometheus.series("istio_requests_total", LABELS + "a;response_code=500", 40, 0, 50, 1, 60, Double.NaN);

        assertThat(counted(read(71))).contains(Count.of(4, 34));
    }
}
