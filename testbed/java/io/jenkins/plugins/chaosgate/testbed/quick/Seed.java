package io.jenkins.plugins.chaosgate.testbed.quick;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.Home;
import io.jenkins.plugins.chaosgate.testbed.process.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cluster shows in which Bookinfo was deployed with Istio's sidecars, from the manifests that the full bed uses:
 * namespaces, services, and for each workload a Deployment, its ReplicaSet and a pod that is ready. In the quick bed
 * nothing runs them; they are what a gate reads.
 */
final class Seed {
    private final KubernetesClient client;

    Seed(KubernetesClient client) {
        this.client = client;
    }

    /** Puts everything in; the API is empty before. */
    void plant(List<Workload> workloads, Addresses addresses) throws IOException {
        for (String manifest : List.of("namespaces.yaml", "services.yaml", "request-metrics.yaml")) {
            create(manifest, Map.of());
        }
        for (Workload workload : workloads) {
            Map<String, String> values = new HashMap<>(Map.of(
                    "APP", workload.service(),
                    "VERSION", workload.version(),
                    "WORKLOAD", workload.name(),
                    "REPLICA_SET", workload.replicaSet(),
                    "POD", workload.pod(),
                    "ADDRESS", addresses.workload(workload),
                    "NOW", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
            values.put("OWNER_UID", create("deployment.yaml", values));
            values.put("OWNER_UID", create("replica-set.yaml", values));
            create("pod.yaml", values);
        }
    }

    /** Creates every object of a manifest, unread, so that no field is lost; gives the uid of the last. */
    private String create(String manifest, Map<String, String> values) throws IOException {
        String uid = "";
        for (String document : Files.readString(Home.manifest(manifest)).split("(?m)^---$")) {
            HasMetadata object =
                    Serialization.unmarshal(Template.fill(document, values), GenericKubernetesResource.class);
            uid = client.resource(object).create().getMetadata().getUid();
        }
        return uid;
    }
}
