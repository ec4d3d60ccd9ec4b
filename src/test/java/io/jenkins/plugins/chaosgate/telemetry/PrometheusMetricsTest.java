package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.ABORT;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.OUTBOUND;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.atMost;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.failedRequests;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.latency;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.promQl;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.throughput;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Question.InjectedBy;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Text;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrometheusMetricsTest {
    private static final String ANSWERED = "job=envoy;instance=v2;reporter=destination;destination_app=reviews;"
            + "destination_version=v2;destination_workload_namespace=bookinfo;";
    private static final String SENT = "job=envoy;instance=v2;reporter=source;source_app=reviews;source_version=v2;"
            + "source_workload_namespace=bookinfo;destination_service=ratings.bookinfo.svc.cluster.local;";

    private final FakePrometheus prometheus = new FakePrometheus();
    private Duration limit = Duration.ofSeconds(20);

    private List<Reading> read(Question... questions) {
        InstantSource clock = InstantSource.fixed(at(100));
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock);
        return new PrometheusMetrics(prometheus, webhooks, new IstioDialect("bookinfo"), clock, limit)
                .read(List.of(questions)).join().stream()
                        .map(PrometheusMetricsTest::withoutTraffic)
                        .toList();
    }

    /** What came beside the bad requests has tests of its own. */
    private static Reading withoutTraffic(Reading reading) {
        return reading instanceof Value value
                ? new Value(
                        value.sampledAt(),
                        value.value(),
                        value.requests(),
                        value.counted()
                                .map(counted -> new Counted(
                                        counted.judged(),
                                        counted.stable(),
                                        counted.worst(),
                                        Optional.empty(),
                                        counted.unanswered(),
                                        counted.affected())))
                : reading;
    }

    private static ValueOf canary(Threshold threshold, Window window) {
        return new ValueOf(threshold, Optional.of(CANARY), window);
    }

    private void answered(String code, String flags, double... pairs) {
        prometheus.series(
                "istio_requests_total", ANSWERED + "response_code=" + code + ";response_flags=" + flags, pairs);
    }

    private void took(String bound, double... pairs) {
        prometheus.series(
                "istio_request_duration_milliseconds_bucket", ANSWERED + "response_flags=-;le=" + bound, pairs);
    }

    private static Value value(double seconds, double value, long requests) {
        return new Value(at(seconds), value, OptionalLong.of(requests));
    }

    /** So many bad requests of that many. */
    private static Value bad(double at, double value, long bad, long total) {
        return new Value(at(at), value, OptionalLong.of(total), Optional.of(Counted.of(Count.of(bad, total))));
    }

    /** So many failed requests in the worst window, and in all. */
    private static Value failed(double at, long inWindow, long bad, long total) {
        Counted counted = Counted.of(Count.of(bad, total)).within(new FailedInAnyWindow(inWindow, inWindow));
        return new Value(at(at), inWindow, OptionalLong.of(total), Optional.of(counted));
    }

    @Test
    void onePollNeedsOneRequestForEachMetric() {
        answered("200", "-", 50, 100, 99, 190);
        answered("500", "-", 50, 0, 99, 10);
        answered("500", "FI", 50, 0, 99, 77);
        took("100", 50, 0, 99, 50);
        took("250", 50, 0, 99, 100);
        took("+Inf", 50, 0, 99, 100);
        Window window = window(50, 100);

        List<Reading> readings = read(
                canary(failedRequests(), window),
                canary(errorRate(Optional.empty()), window(60, 100)),
                canary(throughput(), window),
                canary(latency(0.75, atMost(0.5)), window));

        assertThat(readings)
                .containsExactly(
                        failed(99, 10, 10, 100),
                        bad(99, 0.1, 10, 100),
                        value(99, 100 / 49.0, 100),
                        bad(99, 0.175, 0, 100));
        assertThat(prometheus.asked)
                .containsExactly(
                        "istio_requests_total{reporter=\"destination\",destination_workload_namespace=\"bookinfo\","
                                + selectorOfCanary("destination_") + "}[125000ms]",
                        "istio_requests_total{reporter=~\"source|waypoint\","
                                + "destination_service=~\"reviews\\\\.bookinfo(\\\\..*)?\"}[125000ms]",
                        "istio_request_duration_milliseconds_bucket{reporter=\"destination\","
                                + "destination_workload_namespace=\"bookinfo\"," + selectorOfCanary("destination_")
                                + "}[125000ms]");
    }

    @Test
    void theLongestWindowIsFetchedInWhateverOrderTheyCome() {
        answered("500", "-", 1, 0, 11, 5, 30, 6, 89, 6, 99, 8);
        assertThat(read(canary(failedRequests(), window(90, 100)), canary(failedRequests(), window(5, 100))))
                .containsExactly(failed(99, 2, 2, 2), failed(99, 6, 8, 8));
        assertThat(prometheus.asked)
                .filteredOn(query -> query.contains("destination_workload_namespace"))
                .hasSize(1);
    }

    /** The labels' order is that of the map. */
    private static String selectorOfCanary(String prefix) {
        return CANARY.labels().entrySet().stream()
                .map(label -> prefix + label.getKey() + "=\"" + label.getValue() + "\"")
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
    }

    @Test
    void noFailedSeriesBesideOthersAreNoFailures() {
        answered("200", "-", 50, 100, 99, 190);
        assertThat(read(
                        canary(failedRequests(), window(60, 100)),
                        canary(errorRate(Optional.empty()), window(60, 100))))
                .containsExactly(failed(99, 0, 0, 90), bad(99, 0, 0, 90));
    }

    @Test
    void theFirstFailuresOfAFreshCanaryCount() {
        answered("500", "-", 70, 7, 99, 9);
        prometheus.series("up", "job=envoy;instance=v2", 40, 1, 70, 1);

        assertThat(read(canary(failedRequests(), window(60, 100)))).containsExactly(failed(99, 9, 9, 9));
        assertThat(prometheus.asked)
                .filteredOn(query -> query.startsWith("up"))
                .containsExactly("up{instance=\"v2\"}[115000ms]");
    }

    @Test
    void withoutSeriesThereIsNoData() {
        assertThat(read(canary(throughput(), window(60, 100)))).singleElement().satisfies(reading -> {
            assertThat(((NoData) reading).why()).isEqualTo(Why.NO_SERIES);
            assertThat(((NoData) reading).detail()).contains("istio_requests_total{");
        });
        assertThat(why(canary(throughput(), window(60, 100)), Workloads.NONE)).isEqualTo(Why.NO_SERIES);
    }

    /** Why there is no number; null where there is one. */
    private Why why(Question question) {
        return read(question).get(0) instanceof NoData missing ? missing.why() : null;
    }

    private Why why(ValueOf question, Workloads workloads) {
        return why(new ValueOf(question.threshold(), Optional.of(workloads), question.window()));
    }

    @Test
    void withoutRequestsOnlyThroughputIsANumber() {
        answered("200", "-", 50, 100, 99, 100);
        took("100", 50, 100, 99, 100);
        took("+Inf", 50, 100, 99, 100);
        Window window = window(60, 100);
        assertThat(why(canary(failedRequests(), window))).isEqualTo(Why.NO_TRAFFIC);
        assertThat(why(canary(errorRate(Optional.empty()), window))).isEqualTo(Why.NO_TRAFFIC);
        assertThat(why(canary(latency(0.5, atMost(1)), window))).isEqualTo(Why.NO_TRAFFIC);
        assertThat(read(canary(throughput(), window))).containsExactly(value(99, 0, 0));
    }

    @Test
    void onlyRequestsThatAFaultAnsweredAreNoTraffic() {
        answered("500", "FI", 50, 0, 99, 100);
        assertThat(why(canary(failedRequests(), window(60, 100)))).isEqualTo(Why.NO_TRAFFIC);
    }

    @Test
    void oldDataAreStaleAndNeverANumber() {
        answered("200", "-", 30, 90, 40, 100);
        assertThat(why(canary(failedRequests(), window(35, 100)))).isEqualTo(Why.STALE);
        assertThat(why(canary(throughput(), window(45, 50)))).isEqualTo(Why.STALE);
        assertThat(why(new InjectedBy(ABORT, OUTBOUND, window(60, 100)))).isEqualTo(Why.NO_SERIES);
    }

    @Test
    void throughputOfAYoungWindowIsOverTheTimeBetweenItsScrapes() {
        answered("200", "-", 45, 0, 60, 150);
        assertThat(read(canary(throughput(), window(58, 61)))).containsExactly(value(60, 10, 150));
    }

    @Test
    void aLimitBetweenTwoBucketsIsCountedBetweenBounds() {
        took("250", 50, 0, 99, 70);
        took("500", 50, 0, 99, 90);
        took("+Inf", 50, 0, 99, 100);
        assertThat(counted(latency(0.9, atMost(0.25)))).isEqualTo(new Count(30, 30, 100));
        assertThat(counted(latency(0.9, atMost(0.3)))).isEqualTo(new Count(10, 30, 100));
        assertThat(counted(latency(0.9, atMost(0.5)))).isEqualTo(new Count(10, 10, 100));
    }

    @Test
    void aLimitThatBinaryNumbersMissIsStillTheBucketsEdge() {
        took("570", 50, 0, 99, 90);
        took("+Inf", 50, 0, 99, 100);
        assertThat(counted(latency(0.5, atMost(0.57)))).isEqualTo(Count.of(10, 100));
    }

    private Count counted(Threshold threshold) {
        Value value = (Value) read(canary(threshold, window(60, 100))).get(0);
        return value.counted().orElseThrow().judged();
    }

    @Test
    void failuresOfSeveralPodsInOneMinuteAddUp() {
        String pod = "istio_requests_total";
        String labels = ANSWERED.replace("instance=v2;", "");
        prometheus.series(pod, labels + "instance=a;response_code=500;response_flags=-", 40, 0, 55, 4, 70, 4);
        prometheus.series(pod, labels + "instance=b;response_code=500;response_flags=-", 41, 0, 56, 5, 71, 9);
        Value value = (Value) read(canary(failedRequests(), window(45, 100))).get(0);
        assertThat(value.value()).isEqualTo(13);
    }

    @Test
    void aQuantileAboveAllBoundsNeverPasses() {
        took("10000", 50, 0, 99, 90);
        took("+Inf", 50, 0, 99, 100);
        Window window = window(60, 100);
        Value broken = (Value) read(canary(latency(0.95, atMost(10)), window)).get(0);
        assertThat(atMost(10).bounds().hold(broken.value())).isFalse();
        assertThat(broken.value()).isEqualTo(Math.nextUp(10.0));
        assertThat(why(canary(latency(0.95, atMost(10.1)), window))).isEqualTo(Why.NOT_A_NUMBER);
        Judging compared = new Judging(Bounds.NONE, OptionalDouble.of(2), 0);
        assertThat(why(canary(latency(0.95, compared), window))).isEqualTo(Why.NOT_A_NUMBER);
        assertThat(read(canary(latency(0.9, atMost(10)), window))).containsExactly(bad(99, 10, 10, 100));
    }

    @Test
    void injectedRequestsAreThoseWithTheFlag() {
        String call = SENT + "destination_service=ratings.bookinfo.svc.cluster.local;response_flags=";
        prometheus.series("istio_requests_total", call + "-", 50, 5, 99, 100);
        InjectedBy question = new InjectedBy(ABORT, OUTBOUND, window(60, 100));
        assertThat(read(question)).containsExactly(value(99, 0, 0));

        prometheus.series("istio_requests_total", call + "FI", 80, 3, 99, 42);
        prometheus.series("istio_requests_total", call + "DI", 80, 3, 99, 1000);
        assertThat(read(question)).containsExactly(value(99, 42, 42));
    }

    @Test
    void requestsBesideAFaultAreThoseOfOtherCallers() {
        String calls = "job=envoy;reporter=source;source_workload_namespace=bookinfo;source_app=reviews;"
                + "destination_service=ratings.bookinfo.svc.cluster.local;response_flags=";
        prometheus.series("istio_requests_total", calls + "FI;source_version=v2;instance=a", 50, 0, 99, 90);
        prometheus.series("istio_requests_total", calls + "-;source_version=v1;instance=b", 50, 8, 99, 820);
        Question question = new Question.HurtBeside(List.of(ABORT), List.of(OUTBOUND), window(60, 100));
        assertThat(read(question)).containsExactly(value(99, 0, 812));

        prometheus.series("istio_requests_total", calls + "FI;source_version=v1;instance=b", 50, 0, 99, 3);
        assertThat(read(question)).containsExactly(value(99, 3, 815));
    }

    @Test
    void aPartialAnswerIsNoAnswer() {
        answered("200", "-", 50, 100, 99, 190);
        read(canary(throughput(), window(60, 100)));
        String query = prometheus.asked.get(0);
        prometheus.tell(query, new Matrix(List.of()), "a store is down");
        assertThat(why(canary(throughput(), window(60, 100)))).isEqualTo(Why.UNAVAILABLE);
        prometheus.tell(query, 1);
        assertThat(why(canary(throughput(), window(60, 100)))).isEqualTo(Why.GARBAGE);
        prometheus.fail(query, Why.TIMED_OUT, "slow");
        assertThat(read(canary(throughput(), window(60, 100)))).containsExactly(new NoData(Why.TIMED_OUT, "slow"));
    }

    @Test
    void whatNeverComesIsTimedOutAndTheRestIsThere() {
        limit = Duration.ofMillis(200);
        prometheus.tell("sum(queue)", 7);
        prometheus.told.put("sum(slow)", new CompletableFuture<>());
        List<Reading> readings =
                read(canary(promQl("sum(slow)"), window(60, 100)), canary(promQl("sum(queue)"), window(60, 100)));
        assertThat(((NoData) readings.get(0)).why()).isEqualTo(Why.TIMED_OUT);
        assertThat(((Value) readings.get(1)).value()).isEqualTo(7);
    }

    @Test
    void aQueryMustGiveOneNumber() {
        prometheus
                .tell("sum(none)")
                .tell("two()", 1, 2)
                .tell("sum(nan)", Double.NaN)
                .tell("sum(inf)", Double.POSITIVE_INFINITY)
                .tell("'text'", new Text("text"))
                .tell("m[1m]", new Matrix(List.of()))
                .tell("1+1", new Scalar(new Sample(100_000, 2)))
                .tell("sum(partial)", new Scalar(new Sample(100_000, 2)), "a store is down")
                .tell("sum(noted)", new Scalar(new Sample(100_000, 2)), "PromQL info: not a counter")
                .fail("sum(", Why.REFUSED, "parse error");
        assertThat(why(query("sum(none)"))).isEqualTo(Why.NO_SERIES);
        assertThat(why(query("two()"))).isEqualTo(Why.SEVERAL_SERIES);
        assertThat(why(query("sum(nan)"))).isEqualTo(Why.NOT_A_NUMBER);
        assertThat(why(query("sum(inf)"))).isEqualTo(Why.NOT_A_NUMBER);
        assertThat(why(query("'text'"))).isEqualTo(Why.REFUSED);
        assertThat(why(query("m[1m]"))).isEqualTo(Why.REFUSED);
        assertThat(why(query("sum(partial)"))).isEqualTo(Why.UNAVAILABLE);
        assertThat(why(query("sum("))).isEqualTo(Why.REFUSED);
        Value two = new Value(at(100), 2, OptionalLong.empty());
        assertThat(read(query("1+1"), query("sum(noted)"))).containsExactly(two, two);
    }

    private static ValueOf query(String query) {
        return new ValueOf(promQl(query), Optional.empty(), window(60, 100));
    }

    @Test
    void aPlainSelectorHasTheTimeOfItsSample() {
        String selector = "queue{app=\"a}\\\"b\"}";
        prometheus.tell(selector, 7).tell("timestamp(" + selector + ")", 40.5);
        assertThat(read(query(selector))).containsExactly(new Value(at(40.5), 7, OptionalLong.empty()));

        prometheus.tell("timestamp(" + selector + ")", 24.9);
        assertThat(why(query(selector))).isEqualTo(Why.STALE);

        prometheus.tell(selector, 7, 8).tell("timestamp(" + selector + ")", 40, 40);
        assertThat(why(query(selector))).isEqualTo(Why.SEVERAL_SERIES);

        prometheus.tell(selector, 7).tell("timestamp(" + selector + ")");
        assertThat(why(query(selector))).isEqualTo(Why.NO_SERIES);
    }

    @Test
    void aDefectIsNamedAndNotANumber() {
        prometheus.told.put("sum(x)", CompletableFuture.failedFuture(new IllegalStateException("odd\nthing")));
        NoData defect = (NoData) read(query("sum(x)")).get(0);
        assertThat(defect.why()).isEqualTo(Why.GARBAGE);
        assertThat(defect.detail()).contains("IllegalStateException: odd\\u000athing");
    }

    @Test
    void failuresThatAProxyHadCountedBeforeItWasScrapedAreUncertainUnlessTheLimitIsBrokenAnyway() {
        answered("200", "-", 70, 50, 99, 90);
        answered("500", "-", 70, 7, 99, 9);
        assertThat(why(canary(failedRequests(), window(60, 100)))).isEqualTo(Why.UNCERTAIN);
        assertThat(why(canary(errorRate(Optional.empty()), window(60, 100))))
                .as("2 of 42 to 99: more than 1 % in any case")
                .isNull();
    }

    @Test
    void anUnknownNumberOfGoodRequestsSpeaksAgainstNobody() {
        answered("200", "-", 70, 50, 99, 90);
        assertThat(read(canary(failedRequests(), window(60, 100)))).containsExactly(failed(99, 0, 0, 40));
        assertThat(why(canary(throughput(), window(60, 100))))
                .as("1.4/s or 3.1/s: too few in any case")
                .isNull();
    }

    @Test
    void whileOneProxyCannotBeScrapedNothingIsKnown() {
        String labels = ANSWERED.replace("instance=v2;", "") + "response_code=200;response_flags=-;instance=";
        prometheus.series("istio_requests_total", labels + "a", 50, 0, 60, 5, 70, 10);
        prometheus.series("istio_requests_total", labels + "b", 50, 0, 60, 5, 70, 10, 80, 20, 90, 30, 99, 40);
        prometheus.series("up", "job=envoy;instance=a", 60, 1, 70, 1, 80, 0, 90, 0, 99, 0);
        assertThat(read(canary(failedRequests(), window(55, 110))))
                .singleElement()
                .satisfies(reading -> {
                    assertThat(((NoData) reading).why()).isEqualTo(Why.STALE);
                    assertThat(((NoData) reading).detail()).contains("cannot scrape a");
                });
    }

    @Test
    void slowRequestsThatAProxyHadCountedBeforeItWasScrapedAreUncertain() {
        took("250", 70, 5, 99, 105);
        took("+Inf", 70, 6, 99, 106);
        assertThat(why(canary(latency(0.99, atMost(0.25)), window(60, 100)))).isEqualTo(Why.UNCERTAIN);
    }

    @Test
    void fastRequestsThatAProxyHadCountedBeforeItWasScrapedDoNotMatter() {
        took("250", 70, 6, 99, 106);
        took("+Inf", 70, 6, 99, 106);
        assertThat(counted(latency(0.99, atMost(0.25)))).isEqualTo(Count.of(0, 100));
    }
}
