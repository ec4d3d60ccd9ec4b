package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The Gateway API's HTTPRoutes, where a cluster serves them and shows them to this account. Blocks while it asks. */
final class HttpRoutes {

    static final String KIND = "HTTPRoute";

    private static final String GATEWAY_API = "gateway.networking.k8s.io";
    private static final Set<Integer> NOT_TOLD = Set.of(403, 404);

    private HttpRoutes() {}

    /** The kind in the version that the cluster prefers; empty where it is not served. */
    static Optional<ResourceType> find(Cluster cluster) {
        return versions(cluster).stream()
                .limit(1)
                .filter(version -> cluster.kinds(GATEWAY_API, version).contains(KIND))
                .map(HttpRoutes::type)
                .findFirst();
    }

    static ResourceType type(String version) {
        return new ResourceType(GATEWAY_API, version, KIND, "httproutes", true);
    }

    /** Those of some namespaces; of those that the cluster does not show, none. */
    static List<ObjectNode> list(Cluster cluster, Set<String> namespaces) {
        return find(cluster).stream()
                .flatMap(type -> namespaces.stream().flatMap(namespace -> list(cluster, type, namespace).stream()))
                .toList();
    }

    private static List<ObjectNode> list(Cluster cluster, ResourceType type, String namespace) {
        try {
            return cluster.list(type, namespace, Map.of());
        } catch (ClusterException failure) {
            if (NOT_TOLD.contains(failure.status())) {
                return List.of();
            }
            throw failure;
        }
    }

    private static List<String> versions(Cluster cluster) {
        try {
            return cluster.versions(GATEWAY_API);
        } catch (ClusterException failure) {
            if (NOT_TOLD.contains(failure.status())) {
                return List.of();
            }
            throw failure;
        }
    }
}
