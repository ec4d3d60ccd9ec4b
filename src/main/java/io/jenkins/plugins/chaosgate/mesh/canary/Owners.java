package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who owns pods: their ReplicaSets, and what owns those. */
final class Owners {

    private final Target target;
    private final List<ObjectNode> pods;
    private final Map<String, ObjectNode> replicaSets;

    private Owners(Target target, List<ObjectNode> pods, Map<String, ObjectNode> replicaSets) {
        this.target = target;
        this.pods = pods;
        this.replicaSets = replicaSets;
    }

    /** Blocks while the cluster is asked. */
    static Owners read(Cluster cluster, Target target) {
        List<ObjectNode> pods = cluster.list(ResourceType.POD, target.namespace(), Map.of()).stream()
                .filter(Owners::isLive)
                .toList();
        Map<String, ObjectNode> replicaSets = cluster.list(Types.REPLICA_SET, target.namespace(), Map.of()).stream()
                .collect(Collectors.toMap(Json::uid, set -> set));
        return new Owners(target, pods, replicaSets);
    }

    /**
     * The names of what owns the canary's pods, all of that kind; empty where a note says why there is none.
     *
     * @param instead what to ask for where they are of another kind; a Rollout is aborted
     */
    Set<String> ofCanary(ResourceType kind, String instead, Notes notes) {
        Set<String> names = new LinkedHashSet<>();
        List<ObjectNode> canary = canaryPods();
        if (canary.isEmpty()) {
            notes.error("no pod has the labels of the canary, " + Labels.toSelector(target.canary())
                    + ": only pods can be rolled back, so leave canaryRollback out");
        }
        for (ObjectNode pod : canary) {
            Optional<JsonNode> owner = replicaSet(pod).flatMap(Owners::controller);
            if (owner.filter(reference -> isOf(kind, reference)).isPresent()) {
                names.add(owner.get().path("name").asText());
            } else {
                notes.error("Pod " + target.namespace() + "/" + Json.name(pod) + " of the canary belongs to "
                        + words(owner.or(() -> controller(pod))) + ", not to a " + kind.kind() + ": "
                        + (owner.filter(reference -> isOf(Types.ROLLOUT, reference))
                                        .isPresent()
                                ? "use abortRollout"
                                : instead));
            }
        }
        return names;
    }

    /** The ReplicaSets of one owner. */
    List<ObjectNode> replicaSetsOf(JsonNode owner) {
        return replicaSets.values().stream()
                .filter(set -> controller(set)
                        .filter(reference -> reference.path("uid").asText().equals(Json.uid(owner)))
                        .isPresent())
                .toList();
    }

    /** Whether a ReplicaSet has pods of the canary. */
    boolean hasCanaryPods(JsonNode replicaSet) {
        return canaryPods().stream().anyMatch(pod -> replicaSet(pod)
                .filter(set -> Json.uid(set).equals(Json.uid(replicaSet)))
                .isPresent());
    }

    /** The pods of an owner that are not the canary's. */
    List<String> othersOf(JsonNode owner) {
        List<String> own = replicaSetsOf(owner).stream().map(Json::uid).toList();
        List<String> others = new ArrayList<>();
        for (ObjectNode pod : pods) {
            boolean isOwned =
                    replicaSet(pod).map(Json::uid).filter(own::contains).isPresent();
            if (isOwned && !isCanarys(pod)) {
                others.add(Json.name(pod));
            }
        }
        return others;
    }

    private List<ObjectNode> canaryPods() {
        return pods.stream().filter(this::isCanarys).toList();
    }

    private boolean isCanarys(JsonNode pod) {
        return Labels.match(target.canary(), Json.strings(pod.path("metadata").path("labels")));
    }

    private Optional<ObjectNode> replicaSet(JsonNode pod) {
        return controller(pod)
                .map(reference -> replicaSets.get(reference.path("uid").asText()));
    }

    static boolean isLive(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return !pod.path("metadata").has("deletionTimestamp") && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    private static Optional<JsonNode> controller(JsonNode object) {
        return Json.elements(object.path("metadata").path("ownerReferences"))
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst();
    }

    private static boolean isOf(ResourceType kind, JsonNode reference) {
        return reference.path("kind").asText().equals(kind.kind())
                && reference.path("apiVersion").asText().startsWith(kind.group() + "/");
    }

    private static String words(Optional<JsonNode> reference) {
        return reference
                .map(owner ->
                        owner.path("kind").asText() + " " + owner.path("name").asText())
                .orElse("nobody");
    }
}
