package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.ABORT;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.DELAY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.STABLE;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.atMost;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.experiment;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.failedRequests;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.latency;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.promQl;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.scene;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.dialect.EnvoyDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Text;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MetricsPreflightTest {
    private static final String ANSWERED = "job=envoy;instance=v2;reporter=destination;destination_app=reviews;"
            + "destination_version=v2;destination_workload_namespace=bookinfo;response_code=200;response_flags=-";

    private final FakePrometheus prometheus = new FakePrometheus();
    private MetricDialect dialect = new IstioDialect("bookinfo");

    @BeforeEach
    void clocksAgree() {
        prometheus.serverTime = at(1000);
    }

    private List<Finding> check(Experiment experiment, Scene scene) {
        InstantSource clock = InstantSource.fixed(at(1000));
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(2), clock);
        return new PrometheusMetrics(prometheus, webhooks, dialect, clock, Duration.ofMillis(400))
                .check(experiment, scene)
                .toCompletableFuture()
                .join();
    }

    private Finding only(Experiment experiment, Scene scene, String topic) {
        List<Finding> findings = check(experiment, scene).stream()
                .filter(finding -> finding.topic().equals(topic))
                .toList();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static void assertThatIt(Finding finding, Severity severity, String... words) {
        assertThat(finding.severity()).as(finding.text()).isEqualTo(severity);
        assertThat(finding.text()).contains(words);
    }

    private void answered(double... pairs) {
        prometheus.series("istio_requests_total", ANSWERED, pairs);
    }

    @Test
    void allIsWell() {
        answered(950, 0, 995, 90, 999, 100);
        prometheus.series(
                "istio_requests_total",
                "job=envoy;instance=v2;reporter=source;source_app=reviews;source_version=v2;"
                        + "source_workload_namespace=bookinfo;response_flags=-;"
                        + "destination_service=ratings.bookinfo.svc.cluster.local",
                950,
                5,
                999,
                50);
        prometheus.series(
                "istio_requests_total",
                "job=envoy;instance=p1;reporter=source;source_app=productpage;response_code=200;response_flags=-;"
                        + "destination_service=reviews.bookinfo.svc.cluster.local;destination_workload=reviews-v2",
                950,
                5,
                999,
                50);
        prometheus.tell("sum(queue)", 7);

        List<Finding> findings =
                check(experiment(List.of(ABORT), failedRequests(), promQl("sum(queue)")), scene(STABLE, 1));

        assertThat(findings)
                .extracting(Finding::severity)
                .containsOnly(Severity.OK)
                .hasSize(4);
        assertThat(findings).extracting(Finding::topic).containsExactly("prometheus", "requests", "query", "proof");
        assertThat(findings.get(1).text()).contains("failed requests: 100 requests");
    }

    @Test
    void callersThatAreScrapedTooSeldomAreNamed() {
        answered(950, 0, 995, 90, 999, 100);
        prometheus.series(
                "istio_requests_total",
                "job=envoy;instance=gateway:15090;reporter=source;source_app=gateway;response_code=200;response_flags=-;"
                        + "destination_service=reviews.bookinfo.svc.cluster.local;destination_workload=reviews-v2",
                870,
                5,
                930,
                30,
                990,
                50);
        assertThat(check(experiment(List.of(ABORT), failedRequests()), scene(STABLE, 1)))
                .filteredOn(finding -> finding.topic().equals("scrapes"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.text()).contains("its caller gateway:15090 is scraped each 1m");
                });
    }

    @Test
    void withoutTheCallersSideThatIsSaid() {
        answered(950, 0, 995, 90, 999, 100);
        assertThat(check(experiment(List.of(ABORT), failedRequests()), scene(STABLE, 1)))
                .filteredOn(finding -> finding.topic().equals("callers"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("no proxy of a caller of reviews.bookinfo"));
    }

    @Test
    void aPrometheusThatDoesNotAnswerIsNamedOnce() {
        prometheus.fail("time()", Why.UNAVAILABLE, "Prometheus at http://x/ cannot be reached");
        List<Finding> findings =
                check(experiment(List.of(ABORT), failedRequests(), promQl("sum(queue)")), scene(STABLE, 1));
        assertThat(findings).hasSize(1);
        assertThatIt(findings.get(0), Severity.NO_EVIDENCE, "source unavailable", "cannot be reached");

        prometheus.told.put("time()", new CompletableFuture<>());
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "prometheus"),
                Severity.NO_EVIDENCE,
                "400 ms");

        prometheus.tell("time()", new Text("noon"));
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "prometheus"),
                Severity.NO_EVIDENCE,
                "scalar");
    }

    @Test
    void clocksThatDisagreeAreNamed() {
        answered(950, 0, 999, 100);
        prometheus.serverTime = at(1005);
        assertThat(check(experiment(List.of(), failedRequests()), scene(STABLE, 0)))
                .noneMatch(finding -> finding.topic().equals("clock"));
        prometheus.serverTime = at(1005.1);
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "clock"),
                Severity.WARNING,
                "5s100ms ahead of");
        prometheus.tell("time()", new Scalar(new Sample(0, 980)));
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "clock"),
                Severity.WARNING,
                "20s behind");
    }

    @Test
    void clocksThatAreHopelesslyApartLeaveNoEvidence() {
        answered(950, 0, 999, 100);
        prometheus.tell("time()", new Scalar(new Sample(0, 960)));
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "clock"),
                Severity.NO_EVIDENCE,
                "40s behind");
    }

    @Test
    void aLimitBetweenTwoBucketsIsNamedWithItsNeighbours() {
        TreeSet<Double> edges = new TreeSet<>(List.of(0.25, 0.5, 1.0));
        assertThat(ReadingFindings.bucket("p99", 0.5, edges)).isEmpty();
        assertThat(ReadingFindings.bucket("p99", 0.3, new TreeSet<>())).isEmpty();
        assertThat(ReadingFindings.bucket("p99", 0.3, edges)).hasValueSatisfying(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.text()).contains("no bucket at the limit of 300 ms", "choose 250 ms or 500 ms");
        });
        assertThat(ReadingFindings.bucket("p99", 0.1, edges))
                .hasValueSatisfying(finding -> assertThat(finding.text()).contains("choose 250 ms"));
        assertThat(ReadingFindings.bucket("p99", 2, edges)).hasValueSatisfying(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.text()).contains("can never be told", "choose at most 1");
        });
    }

    @Test
    void theBucketsThatAreLookedAtAreThoseOfTheMesh() {
        String labels = "job=envoy;instance=a;reporter=destination;destination_app=reviews;destination_version=v2;"
                + "destination_workload_namespace=bookinfo;response_flags=-;le=";
        for (String edge : List.of("100", "2.5e2", "+Inf")) {
            prometheus.series("istio_request_duration_milliseconds_bucket", labels + edge, 950, 0, 999, 100);
        }
        assertThatIt(
                only(experiment(List.of(), latency(0.99, atMost(0.2))), scene(STABLE, 0), "buckets"),
                Severity.WARNING,
                "choose 100 ms or 250 ms");
    }

    @Test
    void whatIsScrapedTooSeldomToBeCountedIsNamed() {
        answered(999, 100);
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "scrapes"),
                Severity.WARNING,
                "scraped only once");
    }

    @Test
    void queriesAreTriedOut() {
        prometheus
                .fail("sum(", Why.REFUSED, "Prometheus said bad_data: unclosed left parenthesis")
                .fail("slow()", Why.TIMED_OUT, "slow")
                .tell("many()", 1, 2)
                .tell("none()")
                .tell("nan()", Double.NaN);
        assertThatIt(query("sum("), Severity.ERROR, "queue: ", "unclosed left parenthesis");
        assertThatIt(query("many()"), Severity.ERROR, "2 series", "sum(...)");
        assertThatIt(query("none()"), Severity.WARNING, "no data");
        assertThatIt(query("nan()"), Severity.WARNING, "NaN");
        assertThatIt(query("slow()"), Severity.NO_EVIDENCE, "slow");
    }

    private Finding query(String query) {
        return only(experiment(List.of(), promQl(query)), scene(STABLE, 0), "query");
    }

    @Test
    void aQueryThatNeverReturnsDoesNotHoldUpTheCheck() {
        prometheus.told.put("slow()", new CompletableFuture<>());
        assertThat(check(experiment(List.of(), promQl("slow()")), scene(STABLE, 0)))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK, Severity.NO_EVIDENCE);
    }

    @Test
    void aFreshCanaryMayHaveNoSeriesYet() {
        prometheus.series("istio_requests_total", ANSWERED.replace("=v2", "=v9"), 950, 0, 995, 90, 999, 100);
        assertThatIt(requests(), Severity.WARNING, "no requests seen yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporter", "destination_app", "destination_version", "destination_workload_namespace"})
    void aLabelThatWasDroppedIsNamed(String label) {
        prometheus.series(
                "istio_requests_total", ANSWERED.replaceAll("(^|;)" + label + "=\\w+", ""), 950, 0, 995, 90, 999, 100);
        assertThatIt(
                requests(),
                Severity.NO_EVIDENCE,
                "no series of istio_requests_total has the label " + label,
                "keep it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reporter", "source_app", "source_version", "source_workload_namespace", "destination_service"})
    void aLabelThatTheProofNeedsIsNamed(String label) {
        String labels = "job=envoy;instance=v2;reporter=source;source_app=reviews;source_version=v2;"
                + "source_workload_namespace=bookinfo;destination_service=ratings.bookinfo.svc.cluster.local;"
                + "response_flags=-";
        prometheus.series(
                "istio_requests_total", labels.replaceAll("(^|;)" + label + "=[\\w.]+", ""), 950, 0, 995, 90, 999, 100);
        assertThatIt(
                only(experiment(List.of(ABORT), failedRequests()), scene(STABLE, 1), "proof"),
                Severity.NO_EVIDENCE,
                "no series of istio_requests_total has the label " + label);
    }

    @Test
    void withoutResponseFlagsNobodyIsHurt() {
        prometheus.series("istio_requests_total", ANSWERED.replace(";response_flags=-", ""), 950, 0, 995, 90, 999, 100);
        assertThatIt(requests(), Severity.NO_EVIDENCE, "the label response_flags", "keep it in the mesh's telemetry");
        prometheus.series(
                "istio_requests_total",
                "job=envoy;instance=v2;reporter=source;source_app=reviews;source_version=v2;"
                        + "source_workload_namespace=bookinfo;destination_service=ratings.bookinfo.svc.cluster.local",
                950,
                0,
                999,
                100);
        assertThatIt(
                only(experiment(List.of(ABORT), failedRequests()), scene(STABLE, 1), "proof"),
                Severity.NO_EVIDENCE,
                "the label response_flags",
                "what a fault hurts cannot be told");
    }

    @Test
    void aMeshWithoutTheDialectsMetricsIsNoEvidence() {
        assertThatIt(requests(), Severity.NO_EVIDENCE, "no istio_requests_total at all", "dialect istio");
        dialect = new EnvoyDialect("bookinfo");
        assertThatIt(requests(), Severity.NO_EVIDENCE, "envoy_cluster_upstream_rq", "dialect envoy");
    }

    private Finding requests() {
        return only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "requests");
    }

    @Test
    void noTrafficIsAWarning() {
        answered(940, 100, 999, 100);
        assertThatIt(requests(), Severity.WARNING, "no traffic");
    }

    @Test
    void staleDataAreAWarning() {
        answered(940, 100, 945, 100, 960, 100);
        assertThatIt(requests(), Severity.WARNING, "stale data", "40 s old");
    }

    @Test
    void unknownWorkloadsAreAWarningAndSayOnlyThat() {
        Scene unknown =
                new Scene(Workloads.NONE, Workloads.NONE, scene(STABLE, 0).canaryServices(), List.of());
        assertThatIt(
                only(experiment(List.of(ABORT), failedRequests()), unknown, "requests"),
                Severity.WARNING,
                "no workload is known");
    }

    @Test
    void scrapesMustFitTheWayOfLooking() {
        answered(940, 0, 960, 50, 980, 100);
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "scrapes"),
                Severity.WARNING,
                "scraped each 20s",
                "looked at each 5s");
        FailedRequests hasty = new FailedRequests(
                "failed requests", Samples.REVIEWS, Optional.empty(), Duration.ofSeconds(10), atMost(10));
        assertThatIt(
                only(experiment(List.of(), hasty), scene(STABLE, 0), "scrapes"), Severity.ERROR, "looks back 10s only");
    }

    @Test
    void scrapesRarerThanMissingDataAllowsAreAnError() {
        answered(940, 0, 980, 100);
        assertThatIt(
                only(experiment(List.of(), failedRequests()), scene(STABLE, 0), "scrapes"),
                Severity.ERROR,
                "missingData allows only 30s");
    }

    @Test
    void canaryAndStableMustBeToldApart() {
        answered(940, 0, 999, 100);
        Workloads twin = new Workloads(Map.of("track", "a"), List.of("reviews"), List.of("reviews-a"));
        Workloads other = new Workloads(Map.of("track", "b"), List.of("reviews"), List.of("reviews-b"));
        Scene twins = new Scene(twin, other, scene(STABLE, 0).canaryServices(), List.of());
        assertThat(check(experiment(List.of(), failedRequests()), twins))
                .anySatisfy(finding -> assertThatIt(finding, Severity.ERROR, "look the same"));
        assertThat(check(experiment(List.of(), errorRate(Optional.of(Arm.ALL))), twins))
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void armsAreAskedForByTheirOwnLabels() {
        check(experiment(List.of(), errorRate(Optional.of(Arm.STABLE))), scene(STABLE, 0));
        assertThat(prometheus.asked).anyMatch(query -> query.contains("destination_version=\"v1\""));
        check(experiment(List.of(), errorRate(Optional.of(Arm.ALL))), scene(STABLE, 0));
        assertThat(prometheus.asked).anyMatch(query -> query.contains("destination_service_name=\"reviews\""));
    }

    @Test
    void aFaultThatNobodyCountsYetIsAWarning() {
        assertThatIt(
                only(experiment(List.of(ABORT), promQl("1")), scene(STABLE, 1), "proof"),
                Severity.WARNING,
                "httpAbort to ratings.bookinfo",
                "INCONCLUSIVE",
                "no series");
    }

    @Test
    void faultsThatAreCountedTogetherAreNamed() {
        assertThat(proofs(ABORT, DELAY)).noneMatch(finding -> finding.text().contains("counted together"));
        assertThat(proofs(ABORT, ABORT)).anyMatch(finding -> finding.text().contains("counted together"));
    }

    private List<Finding> proofs(Fault... faults) {
        return check(experiment(List.of(faults), promQl("1")), scene(STABLE, faults.length));
    }

    @Test
    void faultsThatCouldNotBePlacedAreNotLookedFor() {
        assertThat(check(experiment(List.of(ABORT), promQl("1")), scene(STABLE, 0)))
                .noneMatch(finding -> finding.topic().equals("proof"));
    }

    @Test
    void aWebhookIsTriedOutEvenWithoutPrometheus() {
        prometheus.fail("time()", Why.UNAVAILABLE, "down");
        Webhook webhook = new Webhook("checkout works", URI.create("http://joe:s3cret@127.0.0.1/"), atMost(1));
        assertThatIt(
                only(experiment(List.of(), webhook), scene(STABLE, 0), "webhook"),
                Severity.ERROR,
                "checkout works",
                "user name");
    }
}
