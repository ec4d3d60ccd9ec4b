package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/**
 * Aborts the update of a canary's Argo Rollout: sets {@code abort} in its status, as {@code kubectl argo rollouts abort} does;
 * its controller then takes the traffic back to the stable ReplicaSet.
 */
final class AbortRollout implements CanaryWay {

    private final Cluster cluster;

    AbortRollout(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String part() {
        return "status";
    }

    @Override
    public List<CanaryStep> plan(Experiment experiment, String gate, Notes notes) {
        String namespace = experiment.target().namespace();
        if (Types.served(cluster, Types.ROLLOUT).isEmpty()) {
            notes.error("the cluster serves no Rollout of argoproj.io: choose another canaryRollback, or none");
            return List.of();
        }
        notes.require(ResourceType.POD, "list");
        notes.require(Types.REPLICA_SET, "list");
        notes.require(Types.ROLLOUT, "get");
        notes.requirePatchOf(part(), Types.ROLLOUT);
        if (notes.stopTheGate()) {
            return List.of();
        }
        Owners owners = Owners.read(cluster, experiment.target());
        List<CanaryStep> steps = new ArrayList<>();
        owners.ofCanary(Types.ROLLOUT, "use undoDeployment for a Deployment", notes).stream()
                .flatMap(name -> cluster.get(Types.ROLLOUT, namespace, name).stream())
                .forEach(rollout -> {
                    check(rollout, notes);
                    steps.add(order(rollout).step(gate, Types.ROLLOUT, rollout));
                });
        return steps;
    }

    private static void check(ObjectNode rollout, Notes notes) {
        String words = "Rollout " + Json.namespace(rollout) + "/" + Json.name(rollout);
        JsonNode status = rollout.path("status");
        if (status.path("abort").asBoolean()) {
            notes.error(words + " is aborted already: retry its update, then run the gate");
        } else if (current(rollout).isEmpty() || !isUnderWay(rollout)) {
            notes.error(words + " has no update under way that could be aborted: run the gate while its canary waits");
        }
    }

    private static Order order(ObjectNode rollout) {
        String name = Json.name(rollout) + " --namespace " + Json.namespace(rollout);
        return new Order(
                CanaryRollback.Kind.ABORT_ROLLOUT,
                Json.uid(rollout),
                "Rollout " + Json.namespace(rollout) + "/" + Json.name(rollout) + " aborted, to its stable revision "
                        + stable(rollout),
                Json.object().put("podHash", current(rollout)).put("stable", stable(rollout)),
                List.of("kubectl argo rollouts abort " + name),
                List.of("kubectl argo rollouts retry rollout " + name));
    }

    @Override
    public CanaryStanding standing(ObjectNode object, Order order) {
        if (!current(object).equals(order.more().path("podHash").asText())) {
            return CanaryWay.foreign("another update began");
        }
        JsonNode status = object.path("status");
        if (status.path("abort").asBoolean()) {
            boolean followed = !status.path("abortedAt").asText().isEmpty();
            return CanaryWay.back(
                    followed,
                    followed ? "its controller has aborted the update" : "its controller has not followed yet");
        }
        return isUnderWay(object) ? CanaryWay.open() : CanaryWay.foreign("its update was promoted meanwhile");
    }

    @Override
    public ArrayNode operations(ObjectNode object, Order order) {
        ArrayNode patch = Json.array();
        patch.addObject().put("op", "add").put("path", "/status/abort").put("value", true);
        return patch;
    }

    private static boolean isUnderWay(JsonNode rollout) {
        return !stable(rollout).isEmpty() && !stable(rollout).equals(current(rollout));
    }

    private static String current(JsonNode rollout) {
        return rollout.path("status").path("currentPodHash").asText();
    }

    private static String stable(JsonNode rollout) {
        return rollout.path("status").path("stableRS").asText();
    }
}
