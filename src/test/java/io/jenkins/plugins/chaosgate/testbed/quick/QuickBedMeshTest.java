package io.jenkins.plugins.chaosgate.testbed.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Client;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.parts.Metrics;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The quick bed with its Envoys and its Prometheus. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class QuickBedMeshTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String INJECTED = "sum(envoy_http_fault_aborts_injected{app=\"reviews\",version=\"v2\"})";
    private static final String DURATIONS = "sum(istio_request_duration_milliseconds_count{reporter=\"source\","
            + "source_workload=\"productpage-v1\",destination_service=\"reviews.bookinfo.svc.cluster.local\"})";

    private static QuickBed bed;
    private static KubernetesClient kubernetes;
    private static Metrics metrics;

    private final Client client = new Client();

    @BeforeAll
    static void start(QuickBed running) {
        bed = running;
        kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(bed.kubeconfig().toFile()))
                .build();
        metrics = new Metrics(bed.prometheus());
    }

    @AfterAll
    static void stop() {
        kubernetes.close();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void aFaultHurtsTheCanaryAloneAndOnlyWhileItIsThere() throws IOException {
        double before = metrics.sum(INJECTED);
        GenericKubernetesResource fault = inject(500);
        Await.until("the fault to bite", SOON, () -> ratingsAskedBy("reviews-v2") == 500);
        assertThat(ratingsAskedBy("reviews-v1")).isEqualTo(200);
        assertThat(ratingsAskedBy("reviews-v3")).isEqualTo(200);
        metrics.awaitScrape();
        assertThat(metrics.sum(INJECTED)).isGreaterThan(before);
        assertThat(metrics.sum("sum(istio_requests_total{reporter=\"source\",source_workload=\"reviews-v2\","
                        + "destination_service_name=\"ratings\",response_code=\"500\",response_flags=\"FI\"})"))
                .isPositive();

        kubernetes.resource(fault).delete();
        Await.until("the fault to end", SOON, () -> ratingsAskedBy("reviews-v2") == 200);
        assertThat(stat("listener_manager.lds.update_success")).isEqualTo(1);
    }

    @Test
    void aFaultThatEnvoyRefusesChangesNothingAndIsCounted() {
        String rejected = "http.outbound_%s_9080;.rds.9080.update_rejected"
                .formatted(bed.outbound("reviews-v2").getHost());
        long before = stat(rejected);
        GenericKubernetesResource fault = inject(600);
        Await.until("Envoy to refuse the routes", SOON, () -> stat(rejected) > before);
        assertThat(ratingsAskedBy("reviews-v2")).isEqualTo(200);
        kubernetes.resource(fault).delete();
    }

    @Test
    void countsRequestsAsIstioDoes() throws IOException {
        try (Load load =
                Load.start(bed.inbound("productpage-v1").resolve("/productpage"), "productpage:9080", 30, Map.of())) {
            Await.until("sixty answers", SOON, () -> load.total() >= 60);
            assertThat(load.failures()).isZero();
        }
        metrics.awaitScrape();
        for (String version : new String[] {"v1", "v2", "v3"}) {
            assertThat(metrics.sum(
                            "sum(istio_requests_total{reporter=\"destination\",destination_workload=\"reviews-%s\"})"
                                    .formatted(version)))
                    .isGreaterThanOrEqualTo(15);
        }
        // Envoy shows a histogram only after its next flush, so later than its counters.
        Await.until("fifty requests in the caller's histogram", SOON, () -> metrics.sum(DURATIONS) >= 50);
    }

    private int ratingsAskedBy(String workload) {
        return client.get(bed.outbound(workload).resolve("/ratings"), "ratings:9080", Map.of())
                .status();
    }

    private long stat(String name) {
        String line = client.get(bed.admin("reviews-v2").resolve("/stats?filter=update_"), "admin", Map.of())
                .body()
                .lines()
                .filter(stat -> stat.startsWith(name + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Envoy has no statistic " + name));
        return Long.parseLong(line.substring(name.length() + 2));
    }

    private static GenericKubernetesResource inject(int status) {
        String fault =
                """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata: {name: fault, namespace: bookinfo}
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
                            abort: {http_status: %d, percentage: {numerator: 1000000, denominator: MILLION}}
                """
                        .formatted(status);
        return kubernetes
                .resource(Serialization.unmarshal(fault, GenericKubernetesResource.class))
                .create();
    }
}
