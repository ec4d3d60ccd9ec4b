package io.jenkins.plugins.chaosgate.testbed.quick.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers each request as a Kubernetes API server would, with {@link ApiStore} behind it. Writes are taken one at a
 * time, so that what was checked still holds when it is written.
 */
public final class ApiDispatcher extends Dispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");
    /** What the store can select by; it would ignore the rest and answer with too much. */
    private static final Pattern LABEL_SELECTOR =
            Pattern.compile("(!?[\\w./-]+|[\\w./-]+(=|==|!=)[\\w.-]+)(,(!?[\\w./-]+|[\\w./-]+(=|==|!=)[\\w.-]+))*");

    private static final Pattern FIELD_SELECTOR = Pattern.compile("metadata\\.(name|namespace)==?[\\w.-]+");

    private final ApiStore store = new ApiStore();
    private final JobController controller = new JobController(store);

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        try {
            return answer(request);
        } catch (Refusal refusal) {
            return json(refusal.code(), refusal.status());
        }
    }

    /** Deletes the Jobs whose time to live is over at that time, and what Jobs owned that are gone. */
    public void tidy(Instant now) {
        synchronized (store) {
            controller.tidy(now);
        }
    }

    private MockResponse answer(RecordedRequest request) throws Refusal {
        String plainPath = URI.create(request.getPath()).getRawPath();
        if (HEALTH.contains(plainPath)) {
            return new MockResponse().setResponseCode(200).setBody("ok");
        }
        Optional<JsonNode> document = Discovery.document(plainPath);
        if (document.isPresent()) {
            return json(200, document.get());
        }
        ApiPath path = ApiPath.parse(request.getPath()).orElseThrow(Refusal::unknownPath);
        if (path.kind().kind().equals("SelfSubjectAccessReview")) {
            return json(201, allowed(body(request)));
        }
        if (request.getMethod().equals("GET")) {
            return read(path, request);
        }
        synchronized (store) {
            return write(path, request);
        }
    }

    private MockResponse read(ApiPath path, RecordedRequest request) throws Refusal {
        checkSelectors(path);
        if (!path.name().isEmpty()) {
            existing(path);
        }
        return asJson(store.read(request.getPath()));
    }

    private MockResponse write(ApiPath path, RecordedRequest request) throws Refusal {
        return switch (request.getMethod()) {
            case "POST" -> create(path, body(request));
            case "PUT" -> replace(path, existing(path), body(request));
            case "PATCH" -> patch(path, request);
            case "DELETE" -> delete(path, request);
            default -> throw Refusal.methodNotAllowed(request.getMethod());
        };
    }

    private MockResponse create(ApiPath path, JsonNode object) throws Refusal {
        if (!path.name().isEmpty()) {
            throw Refusal.methodNotAllowed("POST");
        }
        checkKind(path.kind(), object);
        String name = object.path("metadata").path("name").asText();
        String namespaces = "/api/v1/namespaces/";
        if (path.kind().namespaced()
                && store.find(namespaces + path.namespace()).isEmpty()) {
            throw Refusal.notFound(ApiKind.NAMESPACE, path.namespace());
        }
        String itsPath = path.path() + "/" + name;
        if (!name.isEmpty() && store.find(itsPath).isPresent()) {
            throw Refusal.alreadyExists(path.kind(), name);
        }
        JobController.complete(path.kind(), object, Instant.now());
        return asJson(world(path, itsPath).create(path.path(), object));
    }

    private MockResponse patch(ApiPath path, RecordedRequest request) throws Refusal {
        ObjectNode current = existing(path);
        JsonNode patched = Patches.apply(request.getHeader("Content-Type"), current, body(request));
        if (!uid(current).equals(uid(patched))) {
            throw Refusal.invalid("metadata.uid: Invalid value: \"" + uid(patched) + "\": field is immutable");
        }
        return replace(path, current, patched);
    }

    private MockResponse replace(ApiPath path, JsonNode current, JsonNode object) throws Refusal {
        checkKind(path.kind(), object);
        checkUid(path, current, uid(object));
        checkVersion(path, current, version(object));
        return asJson(world(path, objectPath(path)).replace(path.path(), object));
    }

    private MockResponse delete(ApiPath path, RecordedRequest request) throws Refusal {
        checkSelectors(path);
        if (!path.name().isEmpty()) {
            JsonNode current = existing(path);
            JsonNode preconditions = body(request).path("preconditions");
            checkUid(path, current, preconditions.path("uid").asText());
            checkVersion(path, current, preconditions.path("resourceVersion").asText());
        }
        return asJson(world(path, objectPath(path)).delete(request.getPath()));
    }

    /** The store that a write goes to: for a dry run one that is thrown away afterwards. */
    private ApiStore world(ApiPath path, String objectPath) {
        return path.dryRun() ? store.copyOf(objectPath) : store;
    }

    private ObjectNode existing(ApiPath path) throws Refusal {
        return store.find(objectPath(path)).orElseThrow(() -> Refusal.notFound(path.kind(), path.name()));
    }

    private static String objectPath(ApiPath path) {
        String suffix = path.subresource().isEmpty() ? "" : "/" + path.subresource();
        return path.path().substring(0, path.path().length() - suffix.length());
    }

    private static void checkKind(ApiKind kind, JsonNode object) throws Refusal {
        String found =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        String expected = kind.apiVersion() + " " + kind.kind();
        if (!found.equals(expected)) {
            throw Refusal.badRequest("the object is a " + found + ", the path is for a " + expected);
        }
    }

    private static void checkUid(ApiPath path, JsonNode current, String expected) throws Refusal {
        if (!expected.isEmpty() && !expected.equals(uid(current))) {
            throw Refusal.conflict(
                    path.kind(),
                    path.name(),
                    "Precondition failed: UID in precondition: " + expected + ", UID in object meta: " + uid(current));
        }
    }

    private static void checkVersion(ApiPath path, JsonNode current, String expected) throws Refusal {
        if (!expected.isEmpty() && !expected.equals(version(current))) {
            throw Refusal.conflict(
                    path.kind(),
                    path.name(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    private static void checkSelectors(ApiPath path) throws Refusal {
        String labels = path.query().getOrDefault("labelSelector", "");
        if (!labels.isEmpty() && !LABEL_SELECTOR.matcher(labels).matches()) {
            throw Refusal.badRequest("labelSelector \"" + labels + "\": the quick bed knows a, !a, a=b and a!=b");
        }
        String fields = path.query().getOrDefault("fieldSelector", "");
        if (!fields.isEmpty() && !FIELD_SELECTOR.matcher(fields).matches()) {
            throw Refusal.badRequest("fieldSelector \"" + fields + "\": field label not supported");
        }
    }

    private static ObjectNode allowed(JsonNode review) {
        ObjectNode answer = review.deepCopy();
        answer.putObject("status").put("allowed", true).put("reason", "the quick bed has no authorization");
        return answer;
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /** What was sent, a missing node when that was nothing. Only the first call of this for a request sees it. */
    private static JsonNode body(RecordedRequest request) throws Refusal {
        try {
            return JSON.readTree(request.getUtf8Body());
        } catch (JsonProcessingException unreadable) {
            throw Refusal.badRequest("the body is not JSON: " + unreadable.getOriginalMessage());
        }
    }

    private static MockResponse json(int code, JsonNode body) {
        return asJson(new MockResponse().setResponseCode(code).setBody(body.toString()));
    }

    private static MockResponse asJson(MockResponse response) {
        return response.setHeader("Content-Type", "application/json");
    }
}
