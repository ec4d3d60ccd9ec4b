package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Throughput;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What right files mean. */
class ExperimentReaderTest {

    private static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void readsEveryFieldOfAnExperiment() {
        Experiment experiment = Try.read(
                """
                name: reviews survives a ratings outage
                target:
                  namespace: bookinfo
                  canary: {app: reviews, version: v2}
                  stable: {app: reviews, version: v1}
                mechanism: virtualService
                overrideFault: true
                guard: none
                lease: 90s
                faults:
                  - httpAbort: {to: ratings, status: 503, percentage: 12.5%, port: 9080, from: {app: productpage}}
                  - httpDelay: {to: details.other, delay: 30s500ms, percentage: 50, headers: {X-Tester: canary}, maxActive: 7}
                  - grpcAbort: {to: stock, status: UNAVAILABLE}
                  - bandwidthLimit: {to: images, limit: 1MiB/s}
                steadyState:
                  - failedRequests: {of: reviews, max: 10, per: 2m, arm: all, allowedBreaches: 3}
                  - errorRate:      {of: reviews, max: 1%, window: 30s}
                  - latency:        {of: reviews, quantile: 99.9, max: 500ms, min: 1ms, name: slow answers}
                  - throughput:     {of: reviews, min: 300/m}
                  - errorRate:      {of: reviews, compareTo: stable, maxRatio: 1.5, arm: canary}
                  - promql:         {name: queue depth, query: 'sum(queue_depth{app="reviews"})', min: -1, max: 1e3}
                  - webhook:        {name: checkout works, url: 'https://checks/checkout?x=1', allowedBreaches: 1}
                watch: {warmup: 20s, duration: 5m, interval: 500ms, recovery: 1h, missingData: 45s}
                """);

        assertThat(experiment)
                .isEqualTo(new Experiment(
                        "reviews survives a ratings outage",
                        new Target(
                                "bookinfo",
                                Map.of("app", "reviews", "version", "v2"),
                                Map.of("app", "reviews", "version", "v1")),
                        Mechanism.VIRTUAL_SERVICE,
                        true,
                        new Guard(Guard.Kind.NONE, Duration.ofSeconds(90)),
                        List.of(
                                new HttpAbort(
                                        new Scope(
                                                Map.of("app", "productpage"),
                                                new ServiceName("ratings", "bookinfo"),
                                                OptionalInt.of(9080),
                                                Map.of(),
                                                new Percentage(125_000),
                                                OptionalInt.empty()),
                                        503),
                                new HttpDelay(
                                        new Scope(
                                                Map.of(),
                                                new ServiceName("details", "other"),
                                                OptionalInt.empty(),
                                                Map.of("x-tester", "canary"),
                                                new Percentage(500_000),
                                                OptionalInt.of(7)),
                                        Duration.ofMillis(30_500)),
                                new GrpcAbort(allCallsTo("stock"), 14),
                                new BandwidthLimit(allCallsTo("images"), 1024)),
                        List.of(
                                new FailedRequests(
                                        "failed requests of reviews (all)",
                                        REVIEWS,
                                        Optional.of(Arm.ALL),
                                        Duration.ofMinutes(2),
                                        new Judging(Bounds.atMost(10), OptionalDouble.empty(), 3)),
                                new ErrorRate(
                                        "error rate of reviews",
                                        REVIEWS,
                                        Optional.empty(),
                                        Duration.ofSeconds(30),
                                        Judging.by(Bounds.atMost(0.01))),
                                new Latency(
                                        "slow answers",
                                        REVIEWS,
                                        Optional.empty(),
                                        0.999,
                                        MINUTE,
                                        Judging.by(new Bounds(OptionalDouble.of(0.001), OptionalDouble.of(0.5)))),
                                new Throughput(
                                        "throughput of reviews",
                                        REVIEWS,
                                        Optional.empty(),
                                        MINUTE,
                                        Judging.by(Bounds.atLeast(5))),
                                new ErrorRate(
                                        "error rate of reviews (canary)",
                                        REVIEWS,
                                        Optional.of(Arm.CANARY),
                                        MINUTE,
                                        new Judging(Bounds.NONE, OptionalDouble.of(1.5), 0)),
                                new PromQl(
                                        "queue depth",
                                        "sum(queue_depth{app=\"reviews\"})",
                                        Judging.by(new Bounds(OptionalDouble.of(-1), OptionalDouble.of(1000)))),
                                new Webhook(
                                        "checkout works",
                                        URI.create("https://checks/checkout?x=1"),
                                        new Judging(Bounds.atLeast(1), OptionalDouble.empty(), 1))),
                        new Watch(
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(5),
                                Duration.ofMillis(500),
                                Duration.ofHours(1),
                                Duration.ofSeconds(45))));
    }

    @Test
    void fillsInWhatIsLeftOut() {
        Experiment experiment = Try.read(Try.MINIMAL);

        assertThat(experiment.mechanism()).isEqualTo(Mechanism.ENVOY_FILTER);
        assertThat(experiment.overrideFault()).isFalse();
        assertThat(experiment.guard()).isEqualTo(new Guard(Guard.Kind.JOB, Duration.ofSeconds(30)));
        assertThat(experiment.isControlRun()).isTrue();
        assertThat(experiment.watch()).isEqualTo(Watch.DEFAULT);
        assertThat(experiment.target().stable()).isEmpty();
        assertThat(Try.fault("httpAbort: {to: ratings, status: 500}"))
                .isEqualTo(new HttpAbort(allCallsTo("ratings"), 500));
        assertThat(Try.threshold("failedRequests: {of: reviews, max: 10}"))
                .isEqualTo(new FailedRequests(
                        "failed requests of reviews",
                        REVIEWS,
                        Optional.empty(),
                        MINUTE,
                        Judging.by(Bounds.atMost(10))));
    }

    @Test
    void fillsInTheRestOfAWatch() {
        assertThat(Try.read(Try.MINIMAL + "watch: {interval: 1s}").watch().duration())
                .isEqualTo(MINUTE);
    }

    @Test
    void readsTheSameFromJson() {
        String json =
                """
                {"steadyState": [{"errorRate": {"of": "reviews", "max": "1%"}}],
                 "faults": [{"httpAbort": {"to": "ratings", "status": "500", "percentage": 12.50}}],
                 "overrideFault": false,
                 "name": "minimal",
                 "target": {"canary": {"app": "reviews", "version": "v2"}, "namespace": "bookinfo"}}
                """;
        String yaml = Try.WITHOUT_FAULTS + "faults: [httpAbort: {to: ratings, status: 500, percentage: 12.5}]";

        assertThat(ExperimentReader.read("x.JSON", json.getBytes(StandardCharsets.UTF_8), Map.of()))
                .isEqualTo(Try.read(yaml));
    }

    @Test
    void readsJsonAlsoAsYaml() {
        assertThat(Try.read("{\"name\": \"minimal\", \"target\": {\"namespace\": \"bookinfo\", \"canary\":"
                        + " {\"app\": \"reviews\", \"version\": \"v2\"}}, \"steadyState\":"
                        + " [{\"errorRate\": {\"of\": \"reviews\", \"max\": 0.01}}], \"controlRun\": true}"))
                .isEqualTo(Try.read(Try.MINIMAL));
    }

    @ParameterizedTest
    @CsvSource({
        "ratings,ratings,bookinfo",
        "ratings.other,ratings,other",
        "ratings.other.svc,ratings,other",
        "ratings.other.svc.cluster.local,ratings,other"
    })
    void readsAServiceInEachOfItsForms(String written, String name, String namespace) {
        assertThat(Try.fault("httpAbort: {to: " + written + ", status: 500}")
                        .scope()
                        .to())
                .isEqualTo(new ServiceName(name, namespace));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failedRequests: {of: reviews, max: 1}             | failed requests of reviews",
                "errorRate: {of: reviews.other, max: 1%}           | error rate of reviews.other",
                "latency: {of: reviews, quantile: 99, max: 1s}     | p99 of reviews",
                "latency: {of: reviews, quantile: 99.9, max: 1s}   | p99.9 of reviews",
                "latency: {of: reviews, quantile: 90, max: 1s}     | p90 of reviews",
                "throughput: {of: reviews, min: 1/s, arm: stable}  | throughput of reviews (stable)",
                "throughput: {of: reviews, min: 1/s, name: ' my own '} | my own",
            })
    void givesATitleToWhatHasNone(String item, String title) {
        assertThat(Try.threshold(item).title()).isEqualTo(title);
    }

    @Test
    void takesALabelAsItIsWritten() {
        String yaml = Try.MINIMAL.replace("version: v2", "version: 1.10, build: 007, on: true, none: ''");

        assertThat(Try.read(yaml).target().canary())
                .containsExactly(
                        Map.entry("app", "reviews"),
                        Map.entry("version", "1.10"),
                        Map.entry("build", "007"),
                        Map.entry("on", "true"),
                        Map.entry("none", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.kubernetes.io/name", "a", "A_b.c-d", "x.y/Z"})
    void takesTheNamesOfLabelsThatKubernetesTakes(String name) {
        assertThat(Try.read(Try.MINIMAL.replace("version:", name + ":"))
                        .target()
                        .canary())
                .containsEntry(name, "v2");
    }

    @Test
    void readsABlockOfText() {
        Threshold promql = Try.threshold(
                """
                promql:
                      name: queue
                      max: 1
                      query: |
                        sum(
                          queue_depth)
                """);

        assertThat(((PromQl) promql).query()).isEqualTo("sum(\n  queue_depth)");
    }

    @Test
    void skipsAByteOrderMark() {
        byte[] bytes = ("\uFEFF" + Try.MINIMAL).getBytes(StandardCharsets.UTF_8);

        assertThat(ExperimentReader.read("x.yaml", bytes, Map.of())).isEqualTo(Try.read(Try.MINIMAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "faults: []", "faults:", "faults: null"})
    void hurtsNothingWhereAControlRunIsAskedFor(String faults) {
        Experiment experiment = Try.read(Try.MINIMAL + faults);
        assertThat(experiment.isControlRun()).isTrue();
        assertThat(experiment.faults()).isEmpty();
    }

    @Test
    void readsWhatMustHoldOfTheCanarysPods() {
        assertThat(Try.read(Try.MINIMAL).pods()).isEqualTo(new PodLimits(0, 1));
        assertThat(Try.read(Try.MINIMAL + "  - pods: {}").pods()).isEqualTo(PodLimits.DEFAULT);
        assertThat(Try.read(Try.MINIMAL + "  - pods: {restarts: {max: 2}}").pods())
                .isEqualTo(new PodLimits(2, 1));
        Experiment experiment = Try.read(Try.MINIMAL + "  - pods: {restarts: {max: 1}, ready: {min: 50%}}");
        assertThat(experiment.pods()).isEqualTo(new PodLimits(1, 0.5));
        assertThat(experiment.steadyState()).hasSize(1);
    }

    @Test
    void readsOnHowFewRequestsSamplesDecide() {
        assertThat(Try.threshold("errorRate: {of: a, max: 0%, minRequests: 30}")
                        .judging()
                        .minRequests())
                .hasValue(30);
        assertThat(Try.threshold("errorRate: {of: a, max: 0%}").judging().minRequests())
                .isEmpty();
    }

    @Test
    void passesEarlyOnlyWhereThatIsAskedFor() {
        assertThat(Try.read(Try.MINIMAL).watch().earlyPass()).isFalse();
        Watch asked =
                Try.read(Try.MINIMAL + "watch: {earlyPass: true, duration: 5m}").watch();
        assertThat(asked.earlyPass()).isTrue();
        assertThat(asked.minUnderFault()).isEqualTo(Duration.ofSeconds(30));
    }

    private static Scope allCallsTo(String service) {
        return new Scope(
                Map.of(),
                new ServiceName(service, "bookinfo"),
                OptionalInt.empty(),
                Map.of(),
                Percentage.ALL,
                OptionalInt.empty());
    }
}
