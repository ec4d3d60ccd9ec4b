package io.jenkins.plugins.chaosgate.mesh.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is the user's in the application's namespace: everything that has to be the same before and after any gate. */
final class Belongings {

    private static final List<ResourceDefinitionContext> KINDS = List.of(
            Mesh.kind("", "v1", "Service", "services"),
            Mesh.kind("", "v1", "Pod", "pods"),
            Mesh.kind("apps", "v1", "Deployment", "deployments"),
            Mesh.kind("apps", "v1", "ReplicaSet", "replicasets"),
            Mesh.kind("networking.istio.io", "v1", "DestinationRule", "destinationrules"),
            Mesh.kind("networking.istio.io", "v1", "Sidecar", "sidecars"),
            Mesh.kind("networking.istio.io", "v1", "WorkloadEntry", "workloadentries"),
            Mesh.VIRTUAL_SERVICE,
            Mesh.ENVOY_FILTER,
            Mesh.JOB,
            Mesh.LEASE);

    private Belongings() {}

    /** Each object's marks, owners and fields but its status, by kind and name; sorted. */
    static Map<String, String> of(KubernetesClient client) {
        Map<String, String> all = new TreeMap<>();
        for (ResourceDefinitionContext kind : KINDS) {
            client.genericKubernetesResources(kind).inNamespace(Mesh.NAMESPACE).list().getItems().stream()
                    .filter(object -> !isOfAGate(object))
                    .forEach(object ->
                            all.put(kind.getKind() + " " + object.getMetadata().getName(), words(object)));
        }
        return all;
    }

    private static boolean isOfAGate(GenericKubernetesResource object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && "chaos-gate".equals(labels.get("app.kubernetes.io/managed-by"));
    }

    private static String words(GenericKubernetesResource object) {
        Map<String, Object> fields = new TreeMap<>(object.getAdditionalProperties());
        fields.remove("status");
        return "uid " + object.getMetadata().getUid()
                + " labels " + object.getMetadata().getLabels()
                + " annotations " + object.getMetadata().getAnnotations()
                + " owners " + object.getMetadata().getOwnerReferences()
                + " " + fields;
    }
}
