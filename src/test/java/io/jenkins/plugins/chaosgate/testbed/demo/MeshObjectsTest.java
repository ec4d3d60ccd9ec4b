package io.jenkins.plugins.chaosgate.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.quick.api.QuickApi;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshObjectsTest {
    private static final String ROUTE =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: bookinfo}
            spec: {hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}
            """;
    private static final String FAULT =
            """
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: left, namespace: bookinfo}
            spec: {configPatches: []}
            """;

    @TempDir
    Path folder;

    @Test
    void seesWhatIsNewAndWhatWasEdited() throws IOException {
        try (QuickApi api = new QuickApi(InetAddress.getByName("127.0.0.1"), 0)) {
            Path kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
            try (KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                    .build()) {
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("bookinfo")
                                .endMetadata()
                                .build())
                        .create();
                client.resource(object(ROUTE)).create();
                MeshObjects before = MeshObjects.read(kubeconfig);
                assertThat(MeshObjects.read(kubeconfig).since(before)).isEmpty();

                client.resource(object(FAULT)).create();
                client.resource(object(ROUTE.replace("hosts: [ratings]", "hosts: [ratings, others]")))
                        .update();
                assertThat(MeshObjects.read(kubeconfig).since(before))
                        .containsExactly("EnvoyFilter bookinfo/left", "VirtualService bookinfo/ratings");
            }
        }
    }

    private static GenericKubernetesResource object(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
