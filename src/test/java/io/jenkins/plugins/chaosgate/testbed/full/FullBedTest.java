package io.jenkins.plugins.chaosgate.testbed.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.jenkins.plugins.chaosgate.testbed.Bed;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Client;
import io.jenkins.plugins.chaosgate.testbed.app.Client.Answer;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Metrics;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others build on: the bed is a mesh, faults do in it what they say, and Prometheus tells them apart. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class FullBedTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** A little less than the delay of 0.8 s: Envoy's timers and the client's clock round each for itself. */
    private static final Duration DELAYED = Duration.ofMillis(700);

    private static final int REQUESTS = 20;
    private static final String FAULT = "full-bed-test";

    private final FullBed bed;
    private final KubernetesClient kubernetes;
    private final Metrics metrics;
    private final Client client = new Client();

    FullBedTest(FullBed bed) {
        this.bed = bed;
        this.kubernetes = bed.client();
        this.metrics = new Metrics(bed.prometheus());
    }

    @BeforeEach
    @AfterEach
    void noFault() {
        kubernetes
                .genericKubernetesResources("networking.istio.io/v1alpha3", "EnvoyFilter")
                .inNamespace(Bookinfo.NAMESPACE)
                .withName(FAULT)
                .delete();
        for (String workload : List.of("reviews-v1", "reviews-v2", "reviews-v3")) {
            Await.until(workload + " to reach ratings", LIMIT, () -> {
                Answer answer = ratings(workload);
                return answer.status() == 200 && answer.took().toMillis() < 500;
            });
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theWholeChainAnswersThroughEveryEnvoy() throws Exception {
        JsonNode page = new ObjectMapper()
                .readTree(
                        client.get(bed.inbound("productpage-v1").resolve("/productpage"), "productpage:9080", Map.of())
                                .body());

        assertThat(page.at("/reviews/body/version").textValue()).isIn("v1", "v2", "v3");
        assertThat(page.at("/reviews/body/ratings/body/version").textValue()).isIn("v1", "v2");
        assertThat(page.at("/details/body/service").textValue()).isEqualTo("details");
        for (Workload workload : Bookinfo.WORKLOADS) {
            assertThat(client.get(bed.admin(workload.name()).resolve("/ready"), "admin", Map.of())
                            .body())
                    .isEqualToIgnoringWhitespace("LIVE");
        }
    }

    @Test
    void anAbortOfTheCanarysCallsHurtsNobodyElseAndShowsAsFi() throws Exception {
        apply("abort", "{http_status: 503, percentage: {numerator: 1000000, denominator: MILLION}}");
        Await.until("the fault to bite", LIMIT, () -> ratings("reviews-v2").status() == 503);
        metrics.awaitScrape();
        double canary = metrics.sum(flagged("reviews-v2", "FI"));
        double injected = metrics.sum("envoy_http_fault_aborts_injected{app=\"reviews\",version=\"v2\"}");
        double others = metrics.sum("istio_requests_total{response_flags=\"FI\",source_workload!=\"reviews-v2\"}");
        double reached = metrics.sum(REACHED);

        for (int i = 0; i < REQUESTS; i++) {
            assertThat(ratings("reviews-v2").status()).isEqualTo(503);
            assertThat(ratings("reviews-v1").status()).isEqualTo(200);
            assertThat(ratings("reviews-v3").status()).isEqualTo(200);
        }

        metrics.awaitScrape();
        assertThat(metrics.sum(flagged("reviews-v2", "FI")) - canary).isEqualTo(REQUESTS);
        assertThat(metrics.sum("envoy_http_fault_aborts_injected{app=\"reviews\",version=\"v2\"}") - injected)
                .isEqualTo(REQUESTS);
        assertThat(metrics.sum("istio_requests_total{response_flags=\"FI\",source_workload!=\"reviews-v2\"}") - others)
                .isZero();
        assertThat(metrics.sum(REACHED) - reached).isEqualTo(2.0 * REQUESTS);
        assertThat(reviews("reviews-v2").status()).isEqualTo(500);
        assertThat(reviews("reviews-v3").status()).isEqualTo(200);
    }

    @Test
    void aDelayOfTheCanarysCallsShowsAsDi() throws Exception {
        apply("delay", "{fixed_delay: 0.8s, percentage: {numerator: 1000000, denominator: MILLION}}");
        Await.until(
                "the fault to bite", LIMIT, () -> ratings("reviews-v2").took().compareTo(DELAYED) >= 0);
        metrics.awaitHistograms();
        String slow = "istio_request_duration_milliseconds_count{%1$s} - ignoring(le)"
                + " istio_request_duration_milliseconds_bucket{%1$s,le=\"500\"}";
        slow = slow.formatted("reporter=\"source\",source_workload=\"reviews-v2\",response_flags=\"DI\"");
        double flagged = metrics.sum(flagged("reviews-v2", "DI"));
        double slowBefore = metrics.sum(slow);

        Answer canary = ratings("reviews-v2");
        Answer stable = ratings("reviews-v1");

        assertThat(canary.status()).isEqualTo(200);
        assertThat(canary.took()).isBetween(DELAYED, Duration.ofSeconds(5));
        assertThat(stable.took()).isLessThan(DELAYED);
        metrics.awaitHistograms();
        assertThat(metrics.sum(flagged("reviews-v2", "DI")) - flagged).isEqualTo(1);
        assertThat(metrics.sum(slow) - slowBefore).isEqualTo(1);
    }

    @Test
    void requestsCarryTheLabelsOfAnIstioMesh() throws Exception {
        assertThat(ratings("reviews-v2").status()).isEqualTo(200);
        metrics.awaitScrape();

        Map<String, String> destination = new HashMap<>(Map.of(
                "destination_app", "ratings",
                "destination_canonical_service", "ratings",
                "destination_service", "ratings.bookinfo.svc.cluster.local",
                "destination_service_name", "ratings",
                "destination_service_namespace", "bookinfo",
                "destination_workload_namespace", "bookinfo",
                "response_code", "200",
                "response_flags", "-"));
        assertThat(metrics.series("istio_requests_total{reporter=\"destination\",app=\"ratings\"}"))
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(labels).containsAllEntriesOf(destination));

        Map<String, String> source = new HashMap<>(destination);
        source.putAll(Map.of(
                "pod", "reviews-v2-bed-1",
                "source_workload", "reviews-v2",
                "source_workload_namespace", "bookinfo",
                "source_canonical_service", "reviews",
                "source_canonical_revision", "v2"));
        assertThat(metrics.series("istio_requests_total{reporter=\"source\",app=\"reviews\",version=\"v2\","
                        + "response_code=\"200\",response_flags=\"-\"}"))
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(labels).containsAllEntriesOf(source));
    }

    @Test
    void whoeverAsksGetsTheSameBed(Bed any) {
        assertThat(any).isSameAs(bed);
    }

    @Test
    void eachWorkloadHasAPodAsInjectionWouldHaveMadeIt() {
        List<Pod> pods = kubernetes
                .pods()
                .inNamespace(Bookinfo.NAMESPACE)
                .withLabels(Map.of("app", "reviews", "version", "v2"))
                .list()
                .getItems();

        assertThat(pods).hasSize(1);
        Pod pod = pods.get(0);
        assertThat(Readiness.isPodReady(pod)).isTrue();
        assertThat(pod.getStatus().getPodIP())
                .isEqualTo(bed.inbound("reviews-v2").getHost());
        assertThat(pod.getSpec().getContainers())
                .anyMatch(container -> container.getName().equals("istio-proxy"));
        OwnerReference owner = pod.getMetadata().getOwnerReferences().get(0);
        HasMetadata replicaSet = kubernetes
                .apps()
                .replicaSets()
                .inNamespace(Bookinfo.NAMESPACE)
                .withName(owner.getName())
                .get();
        assertThat(replicaSet.getMetadata().getUid()).isEqualTo(owner.getUid());
        assertThat(replicaSet.getMetadata().getOwnerReferences().get(0).getName())
                .isEqualTo("reviews-v2");
    }

    @Test
    void theGatesUserMayDoOnlyWhatItIsBoundTo() {
        Config config = Config.fromKubeconfig(bed.gateKubeconfig().toFile());
        try (KubernetesClient gate =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThatThrownBy(() -> gate.pods().inNamespace(Bookinfo.NAMESPACE).list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("cannot list");
            HasMetadata binding = kubernetes
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName(FAULT)
                            .withNamespace(Bookinfo.NAMESPACE)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                            .addNewSubject("rbac.authorization.k8s.io", "User", "gate", null)
                            .build())
                    .create();

            Await.until("the gate's user to see pods", LIMIT, () -> !gate.pods()
                    .inNamespace(Bookinfo.NAMESPACE)
                    .list()
                    .getItems()
                    .isEmpty());

            kubernetes.resource(binding).delete();
        }
    }

    @Test
    void everyPartCanEndAndComeBackWhileTrafficGoesOn() {
        for (Part part : Part.values()) {
            bed.stop(part);
            assertThat(ratings("reviews-v2").status()).isEqualTo(200);
            bed.start(part);
        }
        bed.kill(Part.CONTROLLERS);
        bed.start(Part.CONTROLLERS);

        apply("abort", "{http_status: 503, percentage: {numerator: 1000000, denominator: MILLION}}");

        Await.until(
                "a fault to bite afterwards", LIMIT, () -> ratings("reviews-v2").status() == 503);
    }

    private static final String REACHED =
            "istio_requests_total{reporter=\"destination\",destination_service_name=\"ratings\"}";

    private static String flagged(String workload, String flag) {
        return "istio_requests_total{reporter=\"source\",source_workload=\"%s\",response_flags=\"%s\"}"
                .formatted(workload, flag);
    }

    private Answer ratings(String workload) {
        return client.get(bed.outbound(workload).resolve("/ratings"), "ratings:9080", Map.of());
    }

    private Answer reviews(String workload) {
        return client.get(bed.inbound(workload).resolve("/reviews"), "reviews:9080", Map.of());
    }

    /** Gives calls of reviews v2 to ratings a fault: {@code kind} is a field of Envoy's HTTPFault message. */
    private void apply(String kind, String fault) {
        kubernetes
                .resource(
                        """
                        apiVersion: networking.istio.io/v1alpha3
                        kind: EnvoyFilter
                        metadata: {name: %s, namespace: bookinfo}
                        spec:
                          workloadSelector: {labels: {app: reviews, version: v2}}
                          configPatches:
                          - applyTo: HTTP_ROUTE
                            match:
                              context: SIDECAR_OUTBOUND
                              routeConfiguration: {vhost: {name: "ratings.bookinfo.svc.cluster.local:9080"}}
                            patch:
                              operation: MERGE
                              value:
                                typed_per_filter_config:
                                  envoy.filters.http.fault:
                                    "@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault
                                    %s: %s
                        """
                                .formatted(FAULT, kind, fault))
                .create();
    }
}
