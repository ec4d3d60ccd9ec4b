package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.Map;

/** Notices whoever else keeps an object as it is to be, and so would put back what a rollback changes. */
final class Rivals {

    /** The labels and annotations by which tools of GitOps know what is theirs. */
    private static final Map<String, String> GIT_OPS = Map.of(
            "argocd.argoproj.io/tracking-id", "Argo CD",
            "argocd.argoproj.io/instance", "Argo CD",
            "kustomize.toolkit.fluxcd.io/name", "Flux",
            "helm.toolkit.fluxcd.io/name", "Flux");

    private final Cluster cluster;
    private final String namespace;
    private final Notes notes;

    Rivals(Cluster cluster, String namespace, Notes notes) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.notes = notes;
    }

    /** Adds a note for each: an error for Flagger, which rolls back itself; a warning for GitOps. */
    void check(ResourceType type, JsonNode object) {
        String words = type.kind() + " " + namespace + "/" + Json.name(object);
        JsonNode metadata = object.path("metadata");
        GIT_OPS.entrySet().stream()
                .filter(mark -> metadata.path("labels").has(mark.getKey())
                        || metadata.path("annotations").has(mark.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .forEach(tool -> notes.warning(words + " is kept by " + tool
                        + ", which will put back what the rollback changes: roll back in Git, too, or suspend it"));
        boolean isFlaggers = Json.elements(metadata.path("ownerReferences"))
                        .anyMatch(owner -> owner.path("apiVersion").asText().startsWith("flagger.app/"))
                || type.equals(Types.DEPLOYMENT) && isTargetOf(Types.FLAGGER_CANARY, "targetRef", Json.name(object));
        if (isFlaggers) {
            notes.error(words + " is in the hands of Flagger, which rolls canaries back itself and would write over"
                    + " this: leave canaryRollback out");
        }
    }

    /** Warns of what scales a Deployment by itself. */
    void checkAutoscaler(JsonNode deployment) {
        if (isTargetOf(Types.AUTOSCALER, "scaleTargetRef", Json.name(deployment))) {
            notes.warning("Deployment " + namespace + "/" + Json.name(deployment)
                    + " is scaled by a HorizontalPodAutoscaler: it rests while there are 0 replicas, and goes on once"
                    + " somebody scales up");
        }
    }

    private boolean isTargetOf(ResourceType kind, String field, String deployment) {
        return list(kind).stream()
                .map(object -> object.path("spec").path(field))
                .anyMatch(reference -> reference.path("kind").asText().equals(Types.DEPLOYMENT.kind())
                        && reference.path("name").asText().equals(deployment));
    }

    private List<? extends JsonNode> list(ResourceType kind) {
        return Types.served(cluster, kind)
                .filter(notes::mayList)
                .map(type -> cluster.list(type, namespace, Map.of()))
                .orElse(List.of());
    }
}
