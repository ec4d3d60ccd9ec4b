package io.jenkins.plugins.chaosgate.testbed.quick.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects, kept by fabric8's in-process server, which also numbers their versions and tells the watchers. What is
 * written here has been checked by {@link ApiDispatcher}.
 */
final class ApiStore {
    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();

    /** The object at a path without a query; empty when there is none. */
    Optional<ObjectNode> find(String path) {
        return Optional.ofNullable(objects.findResource(objects.getKey(path)))
                .map(entry -> (ObjectNode) Serialization.unmarshal(entry.getValue(), JsonNode.class));
    }

    /** All objects of a kind, in all namespaces. */
    List<JsonNode> all(ApiKind kind) {
        List<JsonNode> all = new ArrayList<>();
        Serialization.unmarshal(
                        read("/apis/" + kind.apiVersion() + "/" + kind.plural())
                                .getBody()
                                .readUtf8(),
                        JsonNode.class)
                .path("items")
                .forEach(all::add);
        return all;
    }

    /** Reads one object, lists them, or starts to follow their changes. */
    MockResponse read(String pathAndQuery) {
        return objects.handleGet(pathAndQuery);
    }

    MockResponse create(String path, JsonNode object) {
        return objects.handleCreate(request(HttpMethod.POST, path, object));
    }

    MockResponse replace(String path, JsonNode object) {
        return objects.handleUpdate(request(HttpMethod.PUT, path, object));
    }

    MockResponse delete(String pathAndQuery) {
        return objects.handleDelete(pathAndQuery);
    }

    /** A store with at most the object at this path in it, to try a request on. */
    ApiStore copyOf(String path) {
        ApiStore copy = new ApiStore();
        find(path)
                .ifPresent(object -> copy.objects.processEvent(
                        path, copy.objects.getKey(path), null, null, Serialization.asJson(object)));
        return copy;
    }

    private static RecordedRequest request(HttpMethod method, String path, JsonNode object) {
        Buffer body = new Buffer(Serialization.asJson(object).getBytes(StandardCharsets.UTF_8));
        return new RecordedRequest("HTTP/1.1", method, path, Headers.builder().build(), body);
    }
}
