package io.jenkins.plugins.chaosgate.testbed.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import io.jenkins.plugins.chaosgate.testbed.quick.api.QuickApi;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {
    @TempDir
    Path folder;

    @Test
    void showsWhatAGateLooksForInACluster() throws IOException {
        try (Loopback block = Loopback.claim();
                QuickApi api = new QuickApi(InetAddress.getByName("127.0.0.1"), 0);
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(api.writeKubeconfig(folder.resolve("kubeconfig"))
                                .toFile()))
                        .build()) {
            Addresses addresses = new Addresses(block);
            new Seed(client).plant(Bookinfo.WORKLOADS, addresses);

            List<Pod> canary = client.pods()
                    .inNamespace("bookinfo")
                    .withLabel("app", "reviews")
                    .withLabel("version", "v2")
                    .list()
                    .getItems();
            assertThat(canary).singleElement().satisfies(pod -> {
                assertThat(Readiness.isPodReady(pod)).isTrue();
                assertThat(pod.getSpec().getContainers()).extracting("name").contains("istio-proxy");
                assertThat(pod.getStatus().getPodIP()).isEqualTo(addresses.workload(Bookinfo.workload("reviews-v2")));
                assertThat(owner(client, pod)).isEqualTo("reviews-v2");
            });
            assertThat(client.services().inNamespace("bookinfo").list().getItems())
                    .extracting(service -> service.getMetadata().getName())
                    .containsExactlyInAnyOrder("productpage", "reviews", "ratings", "details");
            assertThat(client.pods().inAnyNamespace().list().getItems()).hasSameSizeAs(Bookinfo.WORKLOADS);
        }
    }

    private static String owner(KubernetesClient client, Pod pod) {
        ReplicaSet set = client.apps()
                .replicaSets()
                .inNamespace("bookinfo")
                .withName(pod.getMetadata().getOwnerReferences().get(0).getName())
                .get();
        assertThat(pod.getMetadata().getOwnerReferences().get(0).getUid())
                .isEqualTo(set.getMetadata().getUid());
        return set.getMetadata().getOwnerReferences().get(0).getName();
    }
}
