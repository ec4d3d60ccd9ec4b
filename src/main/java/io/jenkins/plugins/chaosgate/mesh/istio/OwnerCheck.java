package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Notices controllers that may change the canary or its routes while a gate runs. Adds findings. */
final class OwnerCheck {

    private OwnerCheck() {}

    static void check(Survey survey, List<Placement> placements, Findings findings) {
        boolean rollout =
                survey.canary().stream().anyMatch(member -> member.labels().containsKey("rollouts-pod-template-hash"));
        if (rollout) {
            findings.warning(
                    "owner",
                    "the canary belongs to an Argo Rollout, which may shift traffic or replace pods while the gate runs:"
                            + " run the gate in a step that waits, such as pause: {}");
        }
        Stream<JsonNode> objects = Stream.concat(
                survey.canaryServices().stream()
                        .map(name -> survey.services().get(name).object()),
                placements.stream().flatMap(placement -> HostRoutes.of(survey, placement.host()).stream()));
        objects.forEach(object -> {
            String name = object.path("kind").asText("object") + " " + Json.namespace(object) + "/" + Json.name(object);
            if (isFlaggers(object)) {
                findings.warning(
                        "owner",
                        name + " belongs to Flagger, which may shift traffic, or write over routes of ours, while the"
                                + " gate runs: run the gate as a webhook of Flagger's that its analysis waits for");
            }
            synced(object)
                    .ifPresent(owner -> findings.warning(
                            "owner",
                            name + " is kept as it is in Git by " + owner + ", which takes out what is edited by hand:"
                                    + " suspend it while a gate with mechanism: virtualService runs, and do not deploy"
                                    + " while any gate runs"));
        });
    }

    /** The tool that syncs an object from Git; empty where none says so. */
    private static Optional<String> synced(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        JsonNode annotations = object.path("metadata").path("annotations");
        if (labels.has("argocd.argoproj.io/instance") || annotations.has("argocd.argoproj.io/tracking-id")) {
            return Optional.of("Argo CD");
        }
        return labels.has("kustomize.toolkit.fluxcd.io/name") || labels.has("helm.toolkit.fluxcd.io/name")
                ? Optional.of("Flux")
                : Optional.empty();
    }

    private static boolean isFlaggers(JsonNode object) {
        return Json.elements(object.path("metadata").path("ownerReferences"))
                .anyMatch(owner -> owner.path("apiVersion").asText().startsWith("flagger.app/"));
    }
}
