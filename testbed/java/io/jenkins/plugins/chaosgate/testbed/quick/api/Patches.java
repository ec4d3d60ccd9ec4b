package io.jenkins.plugins.chaosgate.testbed.quick.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** The two patches that every kind of object takes, as pure functions: the arguments are never changed. */
public final class Patches {
    private Patches() {}

    /**
     * The object after a patch of the given content type; refused where a {@code test} does not hold, a path does not
     * exist, or the type is neither JSON patch nor JSON merge patch.
     */
    public static JsonNode apply(String contentType, JsonNode object, JsonNode patch) throws Refusal {
        String type = contentType == null ? "" : contentType.split(";")[0].strip();
        return switch (type) {
            case "application/json-patch+json" -> jsonPatch(object, patch);
            case "application/merge-patch+json" -> mergePatch(object, patch);
            default -> throw Refusal.unsupportedPatch(type);
        };
    }

    private static JsonNode jsonPatch(JsonNode object, JsonNode patch) throws Refusal {
        try {
            return JsonPatch.apply(patch, object.deepCopy());
        } catch (JsonPatchException refused) {
            throw Refusal.invalid(
                    "the server rejected our request due to an error in our request: " + refused.getMessage());
        }
    }

    /** RFC 7386: objects are merged, {@code null} removes, everything else replaces. */
    private static JsonNode mergePatch(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), mergePatch(merged.path(field.getKey()), field.getValue()));
            }
        });
        return merged;
    }
}
