package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import io.jenkins.plugins.chaosgate.testbed.quick.api.QuickApi;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Map<Workload, ConfigFiles> files = new HashMap<>();
    private final Loopback block = Loopback.claim();
    private QuickApi api;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        api = new QuickApi(InetAddress.getByName("127.0.0.1"), 0);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(
                        api.writeKubeconfig(folder.resolve("kubeconfig")).toFile()))
                .build();
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: bookinfo}");
        for (Workload workload : Bookinfo.WORKLOADS) {
            files.put(workload, new ConfigFiles(Files.createDirectories(folder.resolve(workload.name()))));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
        block.close();
    }

    @Test
    void aFaultIsInTheFilesOfTheSelectedWorkloadWhileItsObjectLives() {
        ControlPlane plane = new ControlPlane(client, files, new Addresses(block));
        assertThat(routes("reviews-v2")).doesNotContain("http_status");
        String others = routes("reviews-v3");

        GenericKubernetesResource fault = create(fault(500));
        Await.until("the fault in the routes", SOON, () -> routes("reviews-v2").contains("\"http_status\":500"));
        assertThat(routes("reviews-v3")).isEqualTo(others);

        client.resource(fault).delete();
        Await.until(
                "the fault out of the routes", SOON, () -> !routes("reviews-v2").contains("http_status"));
        plane.close();
    }

    @Test
    void aFaultFromBeforeTheStartIsThereAtOnceAndFollowsItsChanges() {
        GenericKubernetesResource fault = create(fault(500));
        ControlPlane plane = new ControlPlane(client, files, new Addresses(block));
        assertThat(routes("reviews-v2")).contains("\"http_status\":500");
        client.resource(fault).delete();
        create(fault(418));
        Await.until(
                "the new fault in the routes", SOON, () -> routes("reviews-v2").contains("\"http_status\":418"));
        plane.close();
    }

    private String routes(String workload) {
        try {
            return Files.readString(files.get(Bookinfo.workload(workload)).routes());
        } catch (IOException failure) {
            throw new AssertionError("the routes of " + workload + " are not there", failure);
        }
    }

    private GenericKubernetesResource create(String yaml) {
        return client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    private static String fault(int status) {
        return """
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
              value: {typed_per_filter_config: {envoy.filters.http.fault: {abort: {http_status: %d}}}}
        """
                .formatted(status);
    }
}
