package io.jenkins.plugins.chaosgate.testbed.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects by which a gate can put a fault into a mesh, and guard it, as a cluster has them.
 *
 * @param specs for each, by its name for people, its spec as text
 */
record MeshObjects(Map<String, String> specs) {

    MeshObjects {
        specs = Map.copyOf(specs);
    }

    /** Reads them from the application's namespace. */
    static MeshObjects read(Path kubeconfig) {
        Map<String, String> specs = new TreeMap<>();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build()) {
            Stream.of(
                            client.genericKubernetesResources("networking.istio.io/v1alpha3", "EnvoyFilter"),
                            client.genericKubernetesResources("networking.istio.io/v1", "VirtualService"),
                            client.genericKubernetesResources("batch/v1", "Job"))
                    .flatMap(kind -> kind.inNamespace(Bookinfo.NAMESPACE).list().getItems().stream())
                    .forEach(object ->
                            specs.put(name(object), object.<Object>get("spec").toString()));
        }
        return new MeshObjects(specs);
    }

    /** What is here and was not there before, or not like this. */
    List<String> since(MeshObjects before) {
        return specs.entrySet().stream()
                .filter(object -> !object.getValue().equals(before.specs.get(object.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static String name(GenericKubernetesResource object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }
}
