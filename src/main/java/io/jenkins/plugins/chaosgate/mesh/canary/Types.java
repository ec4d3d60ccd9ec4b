package io.jenkins.plugins.chaosgate.mesh.canary;

import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.Optional;

/** The kinds of objects that have to do with a canary. */
final class Types {

    static final ResourceType DEPLOYMENT = new ResourceType("apps", "v1", "Deployment", "deployments", true);
    static final ResourceType REPLICA_SET = new ResourceType("apps", "v1", "ReplicaSet", "replicasets", true);
    static final ResourceType ROLLOUT = new ResourceType("argoproj.io", "v1alpha1", "Rollout", "rollouts", true);
    static final ResourceType AUTOSCALER =
            new ResourceType("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);
    static final ResourceType FLAGGER_CANARY = new ResourceType("flagger.app", "v1beta1", "Canary", "canaries", true);
    static final ResourceType VIRTUAL_SERVICE =
            new ResourceType("networking.istio.io", "v1", "VirtualService", "virtualservices", true);
    static final ResourceType DESTINATION_RULE =
            new ResourceType("networking.istio.io", "v1", "DestinationRule", "destinationrules", true);
    static final ResourceType WORKLOAD_ENTRY =
            new ResourceType("networking.istio.io", "v1", "WorkloadEntry", "workloadentries", true);
    static final ResourceType HTTP_ROUTE =
            new ResourceType("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes", true);

    /** All whose objects a step may change. */
    private static final List<ResourceType> CHANGED = List.of(DEPLOYMENT, ROLLOUT, VIRTUAL_SERVICE, HTTP_ROUTE);

    private Types() {}

    /** The kind in the version that the cluster prefers; empty where it serves none. */
    static Optional<ResourceType> served(Cluster cluster, ResourceType kind) {
        return cluster.versions(kind.group()).stream()
                .filter(version -> cluster.kinds(kind.group(), version).contains(kind.kind()))
                .findFirst()
                .map(version -> inVersion(kind, version));
    }

    /** Reads back a kind that a step names. */
    static ResourceType read(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = apiVersion.substring(0, Math.max(0, slash));
        return CHANGED.stream()
                .filter(type -> type.group().equals(group) && type.kind().equals(kind))
                .findFirst()
                .map(type -> inVersion(type, apiVersion.substring(slash + 1)))
                .orElseThrow(() ->
                        new IllegalArgumentException("a canary is not rolled back by " + kind + " of " + apiVersion));
    }

    private static ResourceType inVersion(ResourceType type, String version) {
        return new ResourceType(type.group(), version, type.kind(), type.plural(), type.namespaced());
    }
}
