package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import java.util.List;

/** What all ways have in common that change the Deployment of a canary. */
final class Deployments {

    private Deployments() {}

    /** Those that own the canary's pods; a note says where a pod has another owner. Blocks while the cluster is asked. */
    static List<ObjectNode> ofCanary(Cluster cluster, String namespace, Owners owners, Notes notes) {
        return owners.ofCanary(Types.DEPLOYMENT, "choose another canaryRollback, or none", notes).stream()
                .flatMap(name -> cluster.get(Types.DEPLOYMENT, namespace, name).stream())
                .toList();
    }

    /** Whether its controller has seen it as it is now; until then its status is about what it was. */
    static boolean isSeen(JsonNode deployment) {
        return deployment.path("status").path("observedGeneration").asLong(-1)
                >= deployment.path("metadata").path("generation").asLong();
    }
}
