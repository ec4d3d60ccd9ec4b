package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.REVIEWS;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.experiment;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.failedRequests;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.Pods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What half of the pods answered is no evidence of all of them. */
@Timeout(30)
class ScrapedPodsTest {

    private static final String ANSWERED = "reporter=destination;destination_app=reviews;destination_version=v2;"
            + "destination_workload_namespace=bookinfo;response_code=200;response_flags=-;";
    private static final Workloads CANARY = new Workloads(
            Map.of("app", "reviews", "version", "v2"),
            List.of("reviews-v2"),
            List.of("reviews-v2-a", "reviews-v2-b"),
            Map.of("reviews-v2-a", "10.0.0.1", "reviews-v2-b", "10.0.0.2"));

    private final FakePrometheus prometheus = new FakePrometheus();
    private CanaryPods pods = CanaryPods.NONE;

    private PrometheusMetrics metrics() {
        InstantSource clock = InstantSource.fixed(at(100));
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock);
        return new PrometheusMetrics(prometheus, webhooks, new IstioDialect("bookinfo"), clock, Duration.ofSeconds(20));
    }

    private Reading read(Workloads arm) {
        return metrics()
                .read(List.of(new ValueOf(failedRequests(), Optional.of(arm), window(50, 100))))
                .join()
                .get(0);
    }

    private Finding check() {
        prometheus.serverTime = at(100);
        Scene scene = new Scene(CANARY, Workloads.NONE, Set.of(REVIEWS), List.of()).withPods(pods);
        return metrics().check(experiment(List.of(), failedRequests()), scene).toCompletableFuture().join().stream()
                .filter(finding -> finding.topic().equals("scraped pods"))
                .reduce((one, other) -> {
                    throw new AssertionError("two findings: " + one + ", " + other);
                })
                .orElseThrow();
    }

    /** A pod whose proxy counts a request a second. */
    private void counting(String target) {
        prometheus.series("istio_requests_total", ANSWERED + target, 50, 100, 70, 120, 99, 149);
    }

    /** Whether scrapes of a target went well. */
    private void up(String target, double one, double other) {
        prometheus.series("up", target, 50, one, 70, one, 99, other);
    }

    private static void assertPart(Reading reading, String... words) {
        assertThat(reading).isInstanceOfSatisfying(Reading.NoData.class, missing -> {
            assertThat(missing.why()).isEqualTo(Reading.Why.STALE);
            assertThat(missing.detail()).startsWith("only a part is counted: ").contains(words);
        });
    }

    @Test
    void whereEveryPodCountsNothingMoreIsAsked() {
        counting("job=envoy;instance=10.0.0.1:15090");
        counting("job=envoy;instance=10.0.0.2:15090");
        assertThat(read(CANARY)).isInstanceOf(Reading.Value.class);
        assertThat(prometheus.asked).noneMatch(query -> query.startsWith("up"));
    }

    @Test
    void aPodThatWasNeverScrapedIsNoEvidenceOfItself() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        up("job=envoy;instance=10.0.0.2:15090", 0, 0);
        assertPart(read(CANARY), "reviews-v2-b was never scraped, up is 0");
        Finding finding = check();
        assertThat(finding.severity()).isEqualTo(Severity.NO_EVIDENCE);
        assertThat(finding.text()).contains("2 pods of reviews-v2", "reviews-v2-b was never scraped");
    }

    @Test
    void aPodThatPrometheusDoesNotKnowIsNoEvidenceOfItself() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        assertPart(read(CANARY), "reviews-v2-b is none of Prometheus' targets");
        assertThat(check().severity()).isEqualTo(Severity.NO_EVIDENCE);
    }

    @Test
    void aPodThatHadNothingToCountIsScrapedAllTheSame() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        up("job=envoy;instance=10.0.0.2:15090", 1, 1);
        assertThat(read(CANARY)).isInstanceOf(Reading.Value.class);
        assertThat(check().severity()).isEqualTo(Severity.OK);
    }

    @Test
    void aPodThatCannotBeScrapedAnyMoreMayHaveCountedSince() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        up("job=envoy;instance=10.0.0.2:15090", 1, 0);
        assertPart(read(CANARY), "reviews-v2-b cannot be scraped any more");
    }

    @Test
    void anotherTargetOfThePodSaysNothingOfItsProxy() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        up("job=pods;instance=10.0.0.1:9080", 0, 0);
        up("job=pods;instance=10.0.0.2:9080", 1, 1);
        up("job=envoy;instance=10.0.0.2:15090", 0, 0);
        assertPart(read(CANARY), "reviews-v2-b was never scraped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod", "pod_name", "kubernetes_pod_name"})
    void podsAreAlsoKnownByTheirNames(String label) {
        counting("job=envoy;instance=node-1:80;" + label + "=reviews-v2-a");
        up("job=envoy;instance=node-1:80;" + label + "=reviews-v2-a", 1, 1);
        up("job=envoy;instance=node-1:80;" + label + "=reviews-v2-b", 0, 0);
        assertPart(read(CANARY), "reviews-v2-b was never scraped");
    }

    @Test
    void aPodOfTheSameNameElsewhereIsAnotherOne() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        up("job=envoy;instance=10.9.9.9:15090;pod=reviews-v2-b", 1, 1);
        assertPart(read(CANARY), "reviews-v2-b is none of Prometheus' targets");
    }

    @Test
    void whereNoLabelTellsThatIsSaidBeforeTheGate() {
        counting("job=federate;instance=prometheus:9090");
        up("job=federate;instance=prometheus:9090", 1, 1);
        assertThat(read(CANARY)).isInstanceOf(Reading.Value.class);
        Finding finding = check();
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.text()).contains("cannot be told");
    }

    @Test
    void ofOnePodThereIsNoPart() {
        Workloads one = new Workloads(
                CANARY.labels(), CANARY.names(), List.of("reviews-v2-b"), Map.of("reviews-v2-b", "10.0.0.2"));
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        assertThat(read(one)).isInstanceOf(Reading.Value.class);
    }

    @Test
    void aMemberWithoutAnAddressMayBeScrapedUnderAnotherName() {
        Workloads withMachine = new Workloads(
                CANARY.labels(),
                CANARY.names(),
                List.of("reviews-v2-a", "reviews-vm"),
                Map.of("reviews-v2-a", "10.0.0.1"));
        counting("job=envoy;instance=10.0.0.1:15090");
        counting("job=envoy;instance=vm.example:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        assertThat(read(withMachine)).isInstanceOf(Reading.Value.class);
    }

    @Test
    void aPodThatIsReadyOnlySinceAMomentIsGivenTime() {
        counting("job=envoy;instance=10.0.0.1:15090");
        up("job=envoy;instance=10.0.0.1:15090", 1, 1);
        Instant justNow = at(80);
        pods = Pods.of(Pods.ready("reviews-v2-a"), Pods.ready(Pods.ready("reviews-v2-b"), true, justNow));
        Finding finding = check();
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.text()).contains("reviews-v2-b", "only a moment ago");
    }

    @Test
    void addressesOfEitherKindAreReadWithoutTheirPorts() {
        assertThat(PodTargets.host("10.0.0.1:15090")).isEqualTo("10.0.0.1");
        assertThat(PodTargets.host("[fd00::1]:15090")).isEqualTo("fd00::1");
        assertThat(PodTargets.host("fd00::1")).isEqualTo("fd00::1");
        assertThat(PodTargets.host("vm")).isEqualTo("vm");
        assertThat(PodTargets.port("10.0.0.1:15090")).isEqualTo("15090");
        assertThat(PodTargets.port("[fd00::1]:15090")).isEqualTo("15090");
        assertThat(PodTargets.port("vm")).isEmpty();
        assertThat(PodTargets.host("[")).isEmpty();
    }
}
