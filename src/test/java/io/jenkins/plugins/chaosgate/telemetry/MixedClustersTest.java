package io.jenkins.plugins.chaosgate.telemetry;

import static io.jenkins.plugins.chaosgate.telemetry.Samples.ABORT;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.CANARY;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.OUTBOUND;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.STABLE;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.at;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.errorRate;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.experiment;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.scene;
import static io.jenkins.plugins.chaosgate.telemetry.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Dialects;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Matchers;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One Prometheus, several clusters: the good requests of one must not hide what fails in the other. */
@Timeout(30)
class MixedClustersTest {
    private static final String ISTIO = "reporter=destination;destination_app=reviews;destination_version=v2;"
            + "destination_workload=reviews-v2;destination_workload_namespace=bookinfo;response_flags=-;";
    private static final String ENVOY =
            "namespace=bookinfo;app=reviews;version=v2;cluster_name=inbound|9080||;response_code_class=";

    private final FakePrometheus prometheus = new FakePrometheus();

    @BeforeEach
    void clocksAgree() {
        prometheus.serverTime = at(1000);
    }

    private PrometheusMetrics metrics(String dialect, String... matchers) {
        InstantSource clock = InstantSource.fixed(at(1000));
        return new PrometheusMetrics(
                prometheus,
                new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(2), clock),
                Dialects.named(dialect, "bookinfo", Matchers.parse(List.of(matchers))),
                clock,
                Duration.ofSeconds(5));
    }

    private Reading canary(String... matchers) {
        return metrics("istio", matchers)
                .read(List.of(
                        new Question.ValueOf(errorRate(Optional.empty()), Optional.of(CANARY), window(940, 1000))))
                .join()
                .get(0);
    }

    private void istio(String labels, String code, double... pairs) {
        prometheus.series("istio_requests_total", ISTIO + "response_code=" + code + ";" + labels, pairs);
    }

    private void clusters(String one, String other) {
        istio("job=envoy;instance=10.0.0.1:15020" + one, "503", 930, 0, 960, 100, 999, 218);
        istio("job=envoy;instance=10.0.0.2:15020" + other, "200", 931, 0, 961, 30_000, 998, 65_000);
    }

    @ParameterizedTest
    @CsvSource({
        ";cluster=staging,;cluster=production,cluster",
        "'',;cluster=production,cluster",
        ";env=a,;env=b,env",
        ";environment=a,;environment=b,environment",
        ";k8s_cluster=a,;k8s_cluster=b,k8s_cluster",
        ";cluster_name=a,;cluster_name=b,cluster_name",
        ";tenant_id=a,;tenant_id=b,tenant_id",
        ";region=eu,;region=us,region",
        ";stage=a,;stage=b,stage",
        ";made_up=a,;made_up=b,made_up",
        ";prometheus=a/k8s,;prometheus=b/k8s,prometheus",
        ";destination_cluster=c1,;destination_cluster=c2,destination_cluster"
    })
    void seriesOfTwoClustersAreRefused(String one, String other, String label) {
        clusters(one, other);

        NoData refused = (NoData) canary();
        assertThat(refused.why()).isEqualTo(Why.SEVERAL_SERIES);
        assertThat(refused.detail()).contains("differ in the label", label, "matchers", "--matcher");

        List<Finding> findings = metrics("istio")
                .check(experiment(List.of(), errorRate(Optional.empty())), scene(STABLE, 0))
                .toCompletableFuture()
                .join();
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("error rate", "differ in the label", label));
    }

    @Test
    void labelAndValuesAreNamed() {
        clusters(";cluster=staging", ";cluster=production");
        assertThat(((NoData) canary()).detail())
                .contains("differ in the label cluster (\"production\", \"staging\")", "such as cluster=production");
    }

    @Test
    void aMatcherLeavesOneOfThem() {
        clusters(";cluster=staging", ";cluster=production");
        Value staging = (Value) canary("cluster=staging");
        assertThat(staging.value()).isEqualTo(1);
        assertThat(staging.requests()).hasValue(218);
        assertThat(((Value) canary("cluster=production")).value()).isZero();
    }

    /** The other cluster's target has the same address, and is scraped when ours is not. */
    @Test
    void aMatcherHoldsForWhatIsKnownOfScrapes() {
        istio("job=envoy;instance=10.0.0.1:15020;cluster=staging", "200", 960, 5, 999, 7);
        prometheus.series("up", "job=envoy;instance=10.0.0.1:15020;cluster=production", 930, 1, 945, 1, 960, 1, 999, 1);

        // Had the other's scrapes been taken for its own, it would have begun at zero: 7 requests.
        assertThat(((Value) canary("cluster=staging")).requests()).hasValue(2);
        assertThat(prometheus.asked).contains("up{cluster=\"staging\",instance=\"10.0.0.1:15020\"}[135000ms]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance",
                "pod",
                "pod_name",
                "node",
                "zone",
                "availability_zone",
                "pod_template_hash",
                "pod_ip",
                "app_kubernetes_io_instance",
                "app_kubernetes_io_managed_by",
                "topology_kubernetes_io_zone",
                "topology_kubernetes_io_region",
                "statefulset_kubernetes_io_pod_name",
                "helm_sh_chart",
                "security_istio_io_tlsMode",
                "service_istio_io_canonical_revision",
                "controller_revision_hash",
                "source_cluster",
                "connection_security_policy",
                "container",
                "endpoint",
                "prometheus_replica",
                "kubernetes_node_name",
                "git_commit",
                "image_tag",
                "request_protocol",
                "upstream_cluster"
            })
    void podsOfOneClusterMayDiffer(String label) {
        clusters(";" + label + "=a", ";" + label + "=b");
        assertThat(canary()).isInstanceOf(Value.class);
    }

    /** Istio's Telemetry may add labels of requests; one proxy has several values of such. */
    @Test
    void labelsOfRequestsTellNoClusters() {
        istio("job=envoy;instance=10.0.0.1:15020;operation=a", "200", 930, 0, 960, 100, 999, 200);
        istio("job=envoy;instance=10.0.0.1:15020;operation=b", "200", 930, 0, 960, 100, 999, 200);
        assertThat(((Value) canary()).requests()).hasValue(400);
    }

    @Test
    void twoReplicasOfPrometheusWithTargetsInCommonAreNoTwoClusters() {
        for (String name : List.of("a/k8s", "b/k8s")) {
            istio("pod=p1;job=envoy;instance=10.0.0.1:15020;prometheus=" + name, "200", 930, 0, 960, 100, 999, 200);
            istio("pod=p2;job=envoy;instance=10.0.0.2:15020;prometheus=" + name, "200", 930, 0, 960, 100, 999, 200);
        }
        assertThat(((Value) canary()).requests()).hasValue(400);
    }

    @Test
    void whatTookThePlaceOfAnotherIsNoSecondCluster() {
        istio("job=envoy;instance=a;cluster=old", "200", 930, 0, 940, 10, 950, 20, 955, Double.NaN);
        istio("job=envoy;instance=a;cluster=new", "200", 960, 30, 980, 40, 999, 50);
        assertThat(canary()).isInstanceOf(Value.class);
    }

    /** Labels of pods, put on series by a labelmap: those of other workloads may well differ. */
    @Test
    void workloadsOfOneServiceMayDifferInLabelsOfTheirOwn() {
        for (String version : List.of("v1", "v2")) {
            prometheus.series(
                    "istio_requests_total",
                    "reporter=destination;destination_service_name=reviews;destination_workload=reviews-" + version
                            + ";destination_workload_namespace=bookinfo;response_flags=-;response_code=200;job=envoy;"
                            + "instance=" + version + ";team=" + version,
                    930,
                    0,
                    960,
                    10,
                    999,
                    20);
        }
        Reading all = metrics("istio")
                .read(List.of(
                        new Question.ValueOf(errorRate(Optional.of(Arm.ALL)), Optional.empty(), window(940, 1000))))
                .join()
                .get(0);
        assertThat(all).isInstanceOf(Value.class);
    }

    @Test
    void envoysOwnClustersAreNoClustersOfKubernetes() {
        prometheus.series(
                "envoy_cluster_upstream_rq", ENVOY + "2xx;job=envoy;instance=a;pod=a", 930, 0, 960, 10, 999, 20);
        prometheus.series(
                "envoy_cluster_upstream_rq",
                ENVOY.replace("|9080|", "|9090|") + "2xx;job=envoy;instance=a;pod=a",
                930,
                0,
                960,
                10,
                999,
                20);
        Question question = new Question.ValueOf(errorRate(Optional.empty()), Optional.of(CANARY), window(940, 1000));
        assertThat(metrics("envoy").read(List.of(question)).join().get(0)).isInstanceOf(Value.class);
    }

    /** A fault that hurts nobody here is not proven by what hurts somebody elsewhere. */
    @Test
    void aProofIsNotTakenFromAnotherCluster() {
        for (String cluster : List.of("staging", "production")) {
            prometheus.series(
                    "istio_requests_total",
                    "reporter=source;source_app=reviews;source_version=v2;source_workload_namespace=bookinfo;"
                            + "destination_service=ratings.bookinfo.svc.cluster.local;response_flags="
                            + (cluster.equals("staging") ? "-" : "FI") + ";job=envoy;instance=" + cluster + ";cluster="
                            + cluster,
                    930,
                    0,
                    960,
                    10,
                    999,
                    20);
        }
        Question question = new Question.InjectedBy(ABORT, OUTBOUND, window(940, 1000));
        assertThat(((NoData) metrics("istio").read(List.of(question)).join().get(0)).why())
                .isEqualTo(Why.SEVERAL_SERIES);
        Value staging = (Value) metrics("istio", "cluster=staging")
                .read(List.of(question))
                .join()
                .get(0);
        assertThat(staging.value()).isZero();
    }
}
