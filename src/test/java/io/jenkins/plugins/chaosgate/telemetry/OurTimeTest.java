package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.OurTime;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are apart move no request over the beginning or the end of a window. */
class OurTimeTest {
    private static final String LABELS = "reporter=destination;destination_app=reviews;destination_version=v2;"
            + "destination_workload_namespace=bookinfo;response_flags=-;job=envoy;instance=a;response_code=";

    /** In the 10 s before the window 50 failed, in its last 10 s 7 did; all stamped by the clock of Prometheus. */
    @ParameterizedTest
    @ValueSource(ints = {-29, -12, 0, 4, 12, 29})
    void theWindowIsTheSameWhateverTheClocks(int ahead) {
        FakePrometheus prometheus = new FakePrometheus();
        double[] good = new double[22];
        double[] failed = new double[22];
        for (int i = 0; i < 11; i++) {
            good[2 * i] = failed[2 * i] = 900 + 10 * i + ahead;
            good[2 * i + 1] = 100 * i;
            failed[2 * i + 1] = i < 5 ? 0 : i < 10 ? 50 : 57;
        }
        prometheus.series("istio_requests_total", LABELS + 200, good);
        prometheus.series("istio_requests_total", LABELS + 500, failed);
        prometheus.serverTime = at(1000 + ahead);
        InstantSource clock = InstantSource.fixed(at(1000));
        Value value = (Value) new PrometheusMetrics(
                        new OurTime(prometheus, clock),
                        new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock),
                        new IstioDialect("bookinfo"),
                        clock,
                        Duration.ofSeconds(9))
                .read(List.of(new ValueOf(errorRate(Optional.empty()), Optional.of(CANARY), window(950, 1000))))
                .join()
                .get(0);
        assertThat(value.counted().orElseThrow().judged()).isEqualTo(Count.of(7, 507));
        assertThat(value.sampledAt()).isEqualTo(at(1000));
    }
}
