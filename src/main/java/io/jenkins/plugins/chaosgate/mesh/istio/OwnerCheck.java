package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
                    "the canary belongs to an Argo Rollout, which may shift traffic or replace pods while the gate runs");
        }
        Stream<JsonNode> objects = Stream.concat(
                survey.canaryServices().stream()
                        .map(name -> survey.services().get(name).object()),
                placements.stream().flatMap(placement -> HostRoutes.of(survey, placement.host()).stream()));
        objects.filter(OwnerCheck::isFlaggers)
                .forEach(object -> findings.warning(
                        "owner",
                        object.path("kind").asText("object") + " " + Json.namespace(object) + "/" + Json.name(object)
                                + " belongs to Flagger, which may shift traffic, or write over routes of ours, while the"
                                + " gate runs"));
    }

    private static boolean isFlaggers(JsonNode object) {
        return Json.elements(object.path("metadata").path("ownerReferences"))
                .anyMatch(owner -> owner.path("apiVersion").asText().startsWith("flagger.app/"));
    }
}
