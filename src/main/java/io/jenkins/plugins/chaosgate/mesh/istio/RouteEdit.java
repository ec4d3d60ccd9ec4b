package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;

/**
 * The body of a change that edits a VirtualService: the recipes, and the routes that they gave when it was planned, in
 * {@code http}. And the JSON patches that carry it out. Pure functions.
 */
final class RouteEdit {

    private RouteEdit() {}

    static ObjectNode body(List<RouteRecipe> recipes, List<ObjectNode> routes) {
        ObjectNode body = Json.object();
        body.putArray("http").addAll(routes);
        ArrayNode array = body.putArray("recipes");
        recipes.forEach(recipe -> array.add(recipe.toJson()));
        return body;
    }

    static List<RouteRecipe> recipes(JsonNode body) {
        return Json.elements(body.path("recipes")).map(RouteRecipe::of).toList();
    }

    static List<JsonNode> routes(JsonNode body) {
        return Json.elements(body.path("http")).toList();
    }

    /** Puts routes in front, if the object is still as it was read. */
    static ArrayNode putIn(JsonNode object, List<ObjectNode> routes) {
        ArrayNode patch = patchOf(object);
        for (int place = 0; place < routes.size(); place++) {
            patch.addObject()
                    .put("op", "add")
                    .put("path", "/spec/http/" + place)
                    .set("value", routes.get(place));
        }
        return patch;
    }

    /** Takes the gate's routes out, if the object is still as it was read. */
    static ArrayNode takeOut(JsonNode object, String gate) {
        ArrayNode patch = patchOf(object);
        List<Integer> places = RouteEditor.ours(object.path("spec"), gate);
        // From the last to the first, so that no place moves before its turn.
        for (int i = places.size() - 1; i >= 0; i--) {
            patch.addObject().put("op", "remove").put("path", "/spec/http/" + places.get(i));
        }
        return patch;
    }

    private static ArrayNode patchOf(JsonNode object) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", object.path("metadata").path("resourceVersion").asText());
        return patch;
    }
}
