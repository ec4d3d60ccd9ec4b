package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.REVIEWS;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.atMost;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.latency;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against requests that really happened: what a reading says is exactly that, or it says nothing. */
class TrueTrafficTest {
    private static final int ROUNDS = 4000;
    /** Never broken, so that a reading in doubt cannot be given as broken anyway. */
    private static final Threshold FAILED =
            new FailedRequests("failed", REVIEWS, Optional.empty(), Duration.ofHours(1), atMost(1e9));

    private int exact;
    private int nothing;

    @Test
    void failedAndSlowRequestsAreCountedExactlyOrNotAtAll() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            FakePrometheus prometheus = new FakePrometheus();
            TrueTraffic traffic = new TrueTraffic(random, prometheus);
            if (traffic.unknowable) {
                continue;
            }
            int from = 80 + random.nextInt(40);
            int to = from + 20 + random.nextInt(TrueTraffic.END - from - 20);
            // That a series exists at all can only be known once a sample of it is there.
            if (prometheus.hidesSeries(at(to))) {
                continue;
            }
            prometheus.now = at(to);
            TrueTraffic.Truth truth = traffic.truth(from, to);
            List<Reading> readings = read(prometheus, from, to);

            String what = "seed %d, from %d to %d: %s, %s".formatted(seed, from, to, truth, readings);
            check(what, readings.get(0), truth.failed(), truth.total());
            check(what, readings.get(1), truth.failed(), truth.total());
            check(what, readings.get(2), truth.slow(), truth.total());
        }
        assertThat(exact)
                .as("exact readings, beside %d without a number", nothing)
                .isGreaterThan(4000);
        assertThat(nothing).isPositive();
    }

    private static List<Reading> read(FakePrometheus prometheus, int from, int to) {
        InstantSource clock = InstantSource.system();
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock);
        return new PrometheusMetrics(prometheus, webhooks, new IstioDialect("bookinfo"), clock, Duration.ofSeconds(20))
                .read(List.of(
                        question(FAILED, from, to),
                        question(errorRate(Optional.empty()), from, to),
                        question(latency(0.5, atMost(0.25)), from, to)))
                .join();
    }

    private static ValueOf question(Threshold threshold, int from, int to) {
        return new ValueOf(threshold, Optional.of(CANARY), window(from, to));
    }

    /** Good requests may be missing, where a proxy had counted before it was found: that is never in the canary's favour. */
    private void check(String what, Reading reading, int bad, int total) {
        if (reading instanceof NoData) {
            nothing++;
            return;
        }
        Count count = ((Value) reading).counted().orElseThrow().judged();
        if (count.total() == total) {
            exact++;
        }
        assertThat(count.total()).as(what).isLessThanOrEqualTo(total);
        assertThat(count.surelyBad()).as(what).isEqualTo(count.possiblyBad()).isLessThanOrEqualTo(bad);
        boolean brokenAnyway =
                reading instanceof Value value && value.value() > 0.01 && count.surelyBad() * 100 > total;
        if (!brokenAnyway) {
            assertThat(count.surelyBad()).as(what).isEqualTo(bad);
        }
    }
}
