package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Takes all pods from the Deployment of a canary. Changes nothing but the number of replicas. */
final class ScaleToZero implements CanaryWay {

    private final Cluster cluster;

    ScaleToZero(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<CanaryStep> plan(Experiment experiment, String gate, Notes notes) {
        String namespace = experiment.target().namespace();
        notes.require(ResourceType.POD, "list");
        notes.require(Types.REPLICA_SET, "list");
        notes.require(Types.DEPLOYMENT, "get", "patch");
        if (notes.stopTheGate()) {
            return List.of();
        }
        Owners owners = Owners.read(cluster, experiment.target());
        List<CanaryStep> steps = new ArrayList<>();
        Deployments.ofCanary(cluster, namespace, owners, notes).forEach(deployment -> {
            Rivals rivals = new Rivals(cluster, namespace, notes);
            rivals.check(Types.DEPLOYMENT, deployment);
            rivals.checkAutoscaler(deployment);
            checkOthers(deployment, owners, notes);
            steps.add(order(deployment).step(gate, Types.DEPLOYMENT, deployment));
        });
        return steps;
    }

    private static void checkOthers(ObjectNode deployment, Owners owners, Notes notes) {
        List<String> others = owners.othersOf(deployment);
        if (!others.isEmpty()) {
            notes.error("Deployment " + Json.namespace(deployment) + "/" + Json.name(deployment)
                    + " has pods that are not the canary's, such as " + others.get(0)
                    + ", which would go with it: use undoDeployment");
        }
    }

    private static Order order(ObjectNode deployment) {
        long replicas = replicas(deployment);
        ObjectNode more = Json.object().put("replicas", replicas);
        more.put("template", Json.digest(deployment.path("spec").path("template")));
        return new Order(
                CanaryRollback.Kind.SCALE_TO_ZERO,
                Json.uid(deployment),
                "Deployment " + Json.namespace(deployment) + "/" + Json.name(deployment) + " to 0 replicas",
                more,
                List.of(scale(deployment, 0)),
                List.of(scale(deployment, replicas)));
    }

    private static String scale(JsonNode deployment, long replicas) {
        return "kubectl scale deployment/" + Json.name(deployment) + " --namespace " + Json.namespace(deployment)
                + " --replicas=" + replicas;
    }

    @Override
    public CanaryStanding standing(ObjectNode object, Order order) {
        if (replicas(object) == 0) {
            JsonNode status = object.path("status");
            boolean seen = Deployments.isSeen(object);
            long left = status.path("replicas").asLong();
            return CanaryWay.back(
                    seen && left == 0,
                    !seen
                            ? "its controller has not followed yet"
                            : left == 0 ? "no pod is left" : left + (left == 1 ? " pod is" : " pods are") + " left");
        }
        String template = Json.digest(object.path("spec").path("template"));
        return template.equals(order.more().path("template").asText())
                ? CanaryWay.open()
                : CanaryWay.foreign("its pod template is no longer as preflight saw it");
    }

    @Override
    public ArrayNode operations(ObjectNode object, Order order) {
        return Order.replace("/spec/replicas", IntNode.valueOf(0));
    }

    private static long replicas(JsonNode deployment) {
        return deployment.path("spec").path("replicas").asLong(1);
    }
}
