package io.jenkins.plugins.chaosgate.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.testbed.quick.api.ApiPath;
import io.jenkins.plugins.chaosgate.testbed.quick.api.Discovery;
import io.jenkins.plugins.chaosgate.testbed.quick.api.Patches;
import io.jenkins.plugins.chaosgate.testbed.quick.api.Refusal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kubernetes API in memory, with as much of its controllers as a guard needs, on a clock of the test's. */
final class SimulatedApi {

    /** An answer: the HTTP status and the body. */
    record Answer(int status, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Instant> now;
    private final Runnable changed;
    /** By path. */
    private final Map<String, ObjectNode> objects = new TreeMap<>();

    private long versions = 1000;
    private long uids;

    /** @param changed told after each change */
    SimulatedApi(Supplier<Instant> now, Runnable changed) {
        this.now = now;
        this.changed = changed;
    }

    // --- for those who set the scene ---

    /** The objects of which that is true. */
    List<ObjectNode> all(Predicate<ObjectNode> which) {
        return objects.values().stream().filter(which).toList();
    }

    /** Somebody else writes an object, made or changed. */
    void put(String path, ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        if (!metadata.has("uid")) {
            metadata.put("uid", "uid-" + ++uids);
            metadata.put(
                    "creationTimestamp",
                    now.get().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        metadata.put("resourceVersion", String.valueOf(++versions));
        objects.put(path, object);
        changed.run();
    }

    Optional<ObjectNode> find(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    /** Somebody else deletes what that is true of. */
    void remove(Predicate<ObjectNode> which) {
        if (objects.values().removeIf(which)) {
            changed.run();
        }
    }

    // --- requests ---

    Answer answer(String method, String pathAndQuery, String contentType, String body) {
        try {
            return handle(method, pathAndQuery, contentType, body.isEmpty() ? JSON.nullNode() : JSON.readTree(body));
        } catch (Refusal refusal) {
            return new Answer(refusal.code(), refusal.status());
        } catch (IOException unreadable) {
            throw new IllegalStateException("a client of ours sent what is no JSON: " + body, unreadable);
        }
    }

    private Answer handle(String method, String pathAndQuery, String contentType, JsonNode body) throws Refusal {
        Optional<JsonNode> document =
                Discovery.document(URI.create(pathAndQuery).getRawPath());
        if (document.isPresent()) {
            return new Answer(200, document.get());
        }
        ApiPath path = ApiPath.parse(pathAndQuery).orElseThrow(Refusal::unknownPath);
        if (path.kind().kind().equals("SelfSubjectAccessReview")) {
            ObjectNode review = body.deepCopy();
            review.putObject("status").put("allowed", true);
            return new Answer(201, review);
        }
        return switch (method) {
            case "GET" -> path.name().isEmpty() ? list(path) : new Answer(200, existing(path));
            case "POST" -> create(path, body.deepCopy());
            case "PATCH" -> patch(path, contentType, body);
            case "DELETE" -> delete(path, body);
            default -> throw Refusal.methodNotAllowed(method);
        };
    }

    private Answer list(ApiPath path) {
        ObjectNode list = JSON.createObjectNode().put("apiVersion", path.kind().apiVersion());
        list.put("kind", path.kind().kind() + "List").putObject("metadata").put("resourceVersion", "" + versions);
        String selector = path.query().getOrDefault("labelSelector", "");
        list.putArray("items")
                .addAll(all(object -> isOfKind(object, path)
                        && (path.namespace().isEmpty()
                                || path.namespace()
                                        .equals(object.at("/metadata/namespace").asText()))
                        && Stream.of(selector.split(","))
                                .filter(one -> !one.isEmpty())
                                .map(one -> one.split("=", 2))
                                .allMatch(one -> one[1].equals(object.path("metadata")
                                        .path("labels")
                                        .path(one[0])
                                        .asText()))));
        return new Answer(200, list);
    }

    private static boolean isOfKind(ObjectNode object, ApiPath path) {
        return object.path("kind").asText().equals(path.kind().kind());
    }

    private Answer create(ApiPath path, ObjectNode object) throws Refusal {
        String name = object.at("/metadata/name").asText();
        String itsPath = path.path() + "/" + name;
        if (objects.containsKey(itsPath)) {
            throw Refusal.alreadyExists(path.kind(), name);
        }
        if (path.dryRun()) {
            ObjectNode metadata = (ObjectNode) object.path("metadata");
            metadata.put("uid", "uid-of-nothing");
            metadata.put(
                    "creationTimestamp",
                    now.get().truncatedTo(ChronoUnit.SECONDS).toString());
        } else {
            put(itsPath, object);
        }
        return new Answer(201, object);
    }

    private Answer patch(ApiPath path, String contentType, JsonNode patch) throws Refusal {
        ObjectNode patched = (ObjectNode) Patches.apply(contentType, existing(path), patch);
        if (!path.dryRun()) {
            put(path.path(), patched);
        }
        return new Answer(200, patched);
    }

    private Answer delete(ApiPath path, JsonNode options) throws Refusal {
        ObjectNode object = existing(path);
        String uid = object.at("/metadata/uid").asText();
        String expected = options.at("/preconditions/uid").asText();
        if (!expected.isEmpty() && !expected.equals(uid)) {
            throw Refusal.conflict(path.kind(), path.name(), "the UID in the precondition is " + expected);
        }
        objects.remove(path.path());
        // As the API does for Jobs: without a policy, what it owns is left behind.
        if (options.path("propagationPolicy").asText("Orphan").equals("Orphan")) {
            objects.values().stream()
                    .filter(owned ->
                            owned.at("/metadata/ownerReferences/0/uid").asText().equals(uid))
                    .forEach(owned -> ((ObjectNode) owned.path("metadata")).remove("ownerReferences"));
        }
        changed.run();
        return new Answer(200, object);
    }

    private ObjectNode existing(ApiPath path) throws Refusal {
        return find(path.path())
                .map(ObjectNode::deepCopy)
                .orElseThrow(() -> Refusal.notFound(path.kind(), path.name()));
    }

    // --- controllers ---

    /** Completes Jobs that want no pod, deletes those whose time is over, and what has lost its owner. */
    void tidy() {
        for (ObjectNode job : all(object -> object.path("kind").asText().equals("Job"))) {
            if (!job.has("status")) {
                job.putObject("status")
                        .put(
                                "completionTime",
                                now.get().truncatedTo(ChronoUnit.SECONDS).toString());
            }
        }
        remove(this::isOver);
        List<String> uids = all(object -> true).stream()
                .map(object -> object.at("/metadata/uid").asText())
                .toList();
        remove(object -> {
            JsonNode owners = object.at("/metadata/ownerReferences");
            return !owners.isEmpty()
                    && StreamSupport.stream(owners.spliterator(), false)
                            .noneMatch(owner -> uids.contains(owner.path("uid").asText()));
        });
    }

    private boolean isOver(ObjectNode object) {
        JsonNode completed = object.at("/status/completionTime");
        JsonNode timeToLive = object.at("/spec/ttlSecondsAfterFinished");
        return completed.isTextual()
                && timeToLive.isNumber()
                && !now.get().isBefore(Instant.parse(completed.asText()).plus(Duration.ofSeconds(timeToLive.asLong())));
    }
}
