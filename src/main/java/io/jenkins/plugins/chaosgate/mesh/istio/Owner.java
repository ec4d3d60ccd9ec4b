package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.Optional;

/**
 * Who owns an object of ours: when the owner goes, the cluster deletes the object. A plan names the owner; its uid is known
 * only once it is made. Pure functions.
 */
final class Owner {

    private static final String REFERENCES = "ownerReferences";

    private Owner() {}

    /** Names the owner, an object of the same namespace, in an object's metadata. */
    static void name(ObjectNode metadata, ObjectRef owner) {
        // Nothing waits for the fault when the guard is deleted.
        metadata.putArray(REFERENCES)
                .addObject()
                .put("apiVersion", owner.apiVersion())
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("blockOwnerDeletion", false);
    }

    /** The owner that an object names; empty where it has none. */
    static Optional<ObjectRef> of(JsonNode object) {
        JsonNode reference = references(object).path(0);
        return reference.isMissingNode()
                ? Optional.empty()
                : Optional.of(new ObjectRef(
                        reference.path("apiVersion").asText(),
                        reference.path("kind").asText(),
                        Json.namespace(object),
                        reference.path("name").asText()));
    }

    /** Completes the owner that an object names. */
    static void identify(ObjectNode object, String uid) {
        ((ObjectNode) object.path("metadata").path(REFERENCES).path(0)).put("uid", uid);
    }

    /** All that is said of an object's owners; a missing node where nothing is. */
    static JsonNode references(JsonNode object) {
        return object.path("metadata").path(REFERENCES);
    }
}
