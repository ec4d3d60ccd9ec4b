package io.jenkins.plugins.chaosgate.testbed.quick.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that the API refuses: the HTTP status, Kubernetes' word for the reason, and a sentence. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    private Refusal(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /** The request cannot be understood (400). */
    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    /** The path is not served at all (404). */
    public static Refusal unknownPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource");
    }

    /** There is no such object (404). */
    public static Refusal notFound(ApiKind kind, String name) {
        return new Refusal(404, "NotFound", kind.resource() + " \"" + name + "\" not found");
    }

    /** The verb does not exist on this path (405). */
    public static Refusal methodNotAllowed(String method) {
        return new Refusal(405, "MethodNotAllowed", method + " is not allowed here");
    }

    /** An object of that name is there already (409). */
    public static Refusal alreadyExists(ApiKind kind, String name) {
        return new Refusal(409, "AlreadyExists", kind.resource() + " \"" + name + "\" already exists");
    }

    /** The object is not what the caller thinks it is (409). */
    public static Refusal conflict(ApiKind kind, String name, String why) {
        return new Refusal(
                409, "Conflict", "Operation cannot be fulfilled on " + kind.resource() + " \"" + name + "\": " + why);
    }

    /** The kind of patch is not served (415). */
    public static Refusal unsupportedPatch(String contentType) {
        return new Refusal(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format: " + contentType
                        + "; accepted media types include: application/json-patch+json, application/merge-patch+json");
    }

    /** The request is understood and cannot be done (422). */
    public static Refusal invalid(String message) {
        return new Refusal(422, "Invalid", message);
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** The body: a {@code Status} object as every Kubernetes client knows it. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
        status.put("message", getMessage()).put("reason", reason).put("code", code);
        status.putObject("metadata");
        return status;
    }
}
