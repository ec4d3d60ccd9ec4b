package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.STABLE;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.atMost;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.failedRequests;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.latency;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.dialect.EnvoyDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Traffic;
import io.jenkins.plugins.chaosgate.verdict.Unanswered;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers got is counted, whether or not it reached a pod, and nothing twice. The fault goes in at second 50. */
@Timeout(30)
class CallersTest {
    private static final String POD = "job=envoy;instance=v2;reporter=destination;destination_app=reviews;"
            + "destination_version=v2;destination_workload_namespace=bookinfo;";
    private static final String CALLER = "job=envoy;instance=p1;reporter=source;source_app=productpage;"
            + "destination_service=reviews.bookinfo.svc.cluster.local;";
    private static final String TO_CANARY =
            "destination_workload=reviews-v2;destination_app=reviews;destination_version=v2;";
    private static final String TO_STABLE =
            "destination_workload=reviews-v1;destination_app=reviews;destination_version=v1;";
    private static final String TO_NOBODY = "destination_workload=unknown;destination_app=unknown;";

    private final FakePrometheus prometheus = new FakePrometheus();
    private MetricDialect dialect = new IstioDialect("bookinfo");

    private Reading read(Threshold threshold, boolean reference, Workloads workloads) {
        InstantSource clock = InstantSource.fixed(at(100));
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock);
        ValueOf question = new ValueOf(
                threshold,
                Optional.of(workloads),
                window(50, 100),
                at(50),
                Optional.of(window(10, 50)),
                Set.of(),
                reference);
        return new PrometheusMetrics(prometheus, webhooks, dialect, clock, Duration.ofSeconds(20))
                .read(List.of(question))
                .join()
                .get(0);
    }

    private Counted counted(Threshold threshold) {
        return ((Value) read(threshold, false, CANARY)).counted().orElseThrow();
    }

    private void requests(String labels, String code, String flags, double... pairs) {
        prometheus.series("istio_requests_total", labels + "response_code=" + code + ";response_flags=" + flags, pairs);
    }

    /** Ten requests a second, all of them the canary's, until second 60; then its endpoint is gone, and 80 callers get UH. */
    private void endpointAway() {
        requests(POD, "200", "-", 10, 0, 50, 400, 60, 500, 99, 500);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 60, 500, 99, 500);
        requests(CALLER + TO_NOBODY, "503", "UH", 50, 0, 60, 0, 99, 80);
    }

    @Test
    void failuresWithoutAnEndpointAreTheCanarysWhereItHadAllRequests() {
        endpointAway();
        Counted counted = counted(failedRequests());
        assertThat(counted.judged().total()).isEqualTo(180);
        assertThat(counted.judged().possiblyBad()).isEqualTo(80);
        assertThat(counted.judged().surelyBad()).isBetween(70L, 80L);
        assertThat(counted.worst().orElseThrow().certain())
                .isEqualTo(counted.judged().surelyBad());
        assertThat(counted.unanswered().orElseThrow().byFlag()).isEqualTo(Map.of("UH", 80L));
        assertThat(counted.unanswered().orElseThrow().words())
                .contains("80 answered by no pod", "UH, no healthy endpoint", "outlier detection");
    }

    @Test
    void whatNobodyCanTellMayBeTheCanarysButIsNotSurely() {
        requests(POD, "200", "-", 10, 0, 50, 40, 99, 89);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 40, 99, 89);
        requests(CALLER + TO_STABLE, "200", "-", 10, 0, 50, 360, 99, 720);
        // The stable version lost these: the canary got all of its tenth.
        requests(CALLER + TO_NOBODY, "503", "UH", 50, 0, 99, 81);
        Counted counted = counted(errorRate(Optional.empty()));
        assertThat(counted.judged()).isEqualTo(new Count(0, 81, 130));
        assertThat(counted.unanswered().orElseThrow().surely()).isZero();
    }

    @Test
    void whatIsMissingFromTheCanarysShareIsItsOwnFailure() {
        requests(POD, "200", "-", 10, 0, 50, 200, 52, 210, 99, 210);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 200, 52, 210, 99, 210);
        requests(CALLER + TO_STABLE, "200", "-", 10, 0, 50, 200, 99, 445);
        requests(CALLER + TO_NOBODY, "503", "UH", 50, 0, 99, 235);
        assertThat(counted(errorRate(Optional.empty())).judged().surelyBad()).isBetween(120L, 235L);
    }

    @Test
    void noFailureWithoutAPodSpeaksForTheStableVersion() {
        endpointAway();
        requests(POD.replace("v2", "v1"), "200", "-", 10, 0, 99, 900);
        Value stable = (Value) read(errorRate(Optional.empty()), true, STABLE);
        assertThat(stable.counted().orElseThrow().judged().surelyBad()).isZero();
        assertThat(stable.counted().orElseThrow().judged().possiblyBad()).isZero();
    }

    @Test
    void connectionsToTheCanaryThatFailAreItsOwn() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "503", "'UF,URX'".replace("'", ""), 50, 0, 99, 12);
        requests(CALLER + TO_STABLE, "503", "UF", 50, 0, 99, 33);
        assertThat(counted(errorRate(Optional.empty())).judged()).isEqualTo(Count.of(12, 312));
    }

    @Test
    void whatAPodAnsweredBadlyIsCountedOnce() {
        requests(POD, "503", "-", 50, 0, 99, 20);
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "503", "URX", 50, 0, 99, 20);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 99, 700);
        Counted counted = counted(errorRate(Optional.empty()));
        assertThat(counted.judged()).isEqualTo(Count.of(20, 320));
        assertThat(counted.unanswered()).isEmpty();
    }

    @Test
    void aTimeOutAtTheCallerThatThePodSawBreakOffIsOneFailure() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(POD, "0", "DC", 50, 0, 99, 30);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "504", "UT", 50, 0, 99, 30);
        assertThat(counted(errorRate(Optional.empty())).judged()).isEqualTo(Count.of(30, 330));
    }

    @Test
    void callersThatGiveUpDoNotCondemnTheCanaryButAreTold() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(POD, "0", "DC", 50, 0, 99, 30);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "0", "DC", 50, 0, 99, 30);
        Counted counted = counted(errorRate(Optional.empty()));
        assertThat(counted.judged()).isEqualTo(new Count(0, 30, 330));
        assertThat(counted.unanswered().orElseThrow()).isEqualTo(new Unanswered(Map.of(), 0, 30));
        assertThat(counted.unanswered().orElseThrow().words()).isEqualTo("30 given up by their callers");
    }

    @Test
    void whereCallersGiveUpAllTheTimeOnlyMoreOfThatIsSuspicious() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(POD, "0", "DC", 10, 0, 50, 100, 99, 175);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "0", "DC", 10, 0, 50, 100, 99, 175);
        Counted usual = counted(errorRate(Optional.empty()));
        assertThat(usual.judged()).isEqualTo(Count.of(0, 375));
        assertThat(usual.unanswered().orElseThrow().cancelled()).isEqualTo(75);

        requests(POD, "408", "DC", 50, 0, 99, 100);
        requests(CALLER + TO_CANARY, "408", "DC", 50, 0, 99, 100);
        assertThat(counted(errorRate(Optional.empty())).judged().possiblyBad()).isBetween(40L, 100L);
    }

    @Test
    void whatAFaultAnsweredIsNobodysFailure() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "503", "FI", 50, 0, 99, 40);
        requests(CALLER + TO_NOBODY, "503", "FI", 50, 0, 99, 40);
        assertThat(counted(errorRate(Optional.empty())).judged()).isEqualTo(Count.of(0, 300));
    }

    @Test
    void grpcCallsThatNoPodAnsweredHaveAGoodHttpStatus() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY + "grpc_response_status=14;", "200", "UF", 50, 0, 99, 9);
        assertThat(counted(errorRate(Optional.empty())).judged()).isEqualTo(Count.of(9, 309));
    }

    @Test
    void aWaypointCountsForTheCallersBehindIt() {
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER.replace("reporter=source", "reporter=waypoint") + TO_CANARY, "503", "UC", 50, 0, 99, 7);
        assertThat(counted(errorRate(Optional.empty())).judged()).isEqualTo(Count.of(7, 307));
    }

    @Test
    void podsThatAreGoneTellNothingButTheirCallersDo() {
        requests(POD, "200", "-", 10, 0, 50, 400, 60, 500);
        prometheus.series("up", "job=envoy;instance=v2", 10, 1, 60, 1, 70, 0, 80, 0, 90, 0, 99, 0);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 400, 60, 500, 99, 500);
        assertThat(((NoData) read(failedRequests(), false, CANARY)).why()).isEqualTo(Why.STALE);
        requests(CALLER + TO_CANARY, "503", "UF", 50, 0, 60, 0, 99, 300);
        Value value = (Value) read(failedRequests(), false, CANARY);
        assertThat(value.value()).isEqualTo(300);
        assertThat(value.sampledAt()).as("so that nothing can pass").isEqualTo(at(60));
    }

    @Test
    void aSampleThatDecidesForItselfSaysNothingWhereNobodyKnowsWhoseTheFailuresWere() {
        requests(POD, "200", "-", 10, 0, 50, 40, 99, 89);
        requests(CALLER + TO_CANARY, "200", "-", 10, 0, 50, 40, 99, 89);
        requests(CALLER + TO_STABLE, "200", "-", 10, 0, 50, 360, 99, 720);
        requests(CALLER + TO_NOBODY, "503", "UH", 50, 0, 99, 81);
        ErrorRate usual = errorRate(Optional.empty());
        Threshold sampled = new ErrorRate(
                usual.title(),
                usual.of(),
                usual.arm(),
                usual.window(),
                atMost(0.1).decided(Decide.EVERY_SAMPLE));
        assertThat(((NoData) read(sampled, false, CANARY)).why()).isEqualTo(Why.UNCERTAIN);
    }

    @Test
    void requestsThatTimedOutWereSlow() {
        prometheus.series(
                "istio_request_duration_milliseconds_bucket", POD + "response_flags=-;le=500", 10, 0, 50, 400, 99, 700);
        prometheus.series(
                "istio_request_duration_milliseconds_bucket",
                POD + "response_flags=-;le=+Inf",
                10,
                0,
                50,
                400,
                99,
                700);
        requests(POD, "200", "-", 10, 0, 50, 400, 99, 700);
        requests(CALLER + TO_CANARY, "504", "UT", 50, 0, 99, 25);
        requests(CALLER + TO_CANARY, "503", "UF", 50, 0, 99, 5);
        assertThat(counted(latency(0.99, atMost(0.5))).judged()).isEqualTo(new Count(25, 30, 330));
    }

    @Test
    void allRequestsAreCountedWhateverBecameOfThem() {
        endpointAway();
        requests(CALLER + TO_STABLE, "200", "-", 10, 0, 50, 0, 99, 33);
        Traffic traffic = counted(failedRequests()).traffic().orElseThrow();
        assertThat(traffic.judged()).isBetween(140L, 180L);
        assertThat(traffic.others()).isEqualTo(OptionalLong.of(33));
        assertThat(traffic.newest()).contains(at(99));
    }

    @Test
    void envoysOwnCountersTellOfRequestsWithoutAnEndpoint() {
        dialect = new EnvoyDialect("bookinfo");
        String pod = "job=envoy;instance=v2;cluster_name=inbound|9080||;namespace=bookinfo;app=reviews;version=v2;"
                + "response_code_class=2xx";
        String cluster = "job=envoy;instance=p1;cluster_name=outbound|9080||reviews.bookinfo.svc.cluster.local;";
        prometheus.series("envoy_cluster_upstream_rq", pod, 10, 0, 50, 400, 60, 500, 99, 500);
        prometheus.series(
                "envoy_cluster_upstream_rq", cluster + "response_code_class=2xx", 10, 0, 50, 400, 60, 500, 99, 500);
        prometheus.series("envoy_cluster_upstream_rq", cluster + "response_code_class=5xx", 50, 0, 60, 0, 99, 80);
        prometheus.series("envoy_cluster_upstream_cx_none_healthy", cluster + "x=y", 50, 0, 60, 0, 99, 80);
        Counted counted = counted(failedRequests());
        assertThat(counted.judged().surelyBad()).isBetween(70L, 80L);
        assertThat(counted.unanswered().orElseThrow().byFlag()).isEqualTo(Map.of("UH", 80L));
    }
}
