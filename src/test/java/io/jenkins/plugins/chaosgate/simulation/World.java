package io.jenkins.plugins.chaosgate.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.FakeJournal;
import io.jenkins.plugins.chaosgate.gate.VirtualClock;
import io.jenkins.plugins.chaosgate.testbed.quick.api.ApiKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What outlives a controller: the cluster with what its users have in it, the proxies, and the journal. */
final class World {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIDYING = Duration.ofMillis(200);
    private static final String RATINGS = "/apis/networking.istio.io/v1/namespaces/bookinfo/virtualservices/ratings";

    final VirtualClock clock = new VirtualClock();
    final SimulatedMesh mesh = new SimulatedMesh();
    final SimulatedApi api = new SimulatedApi(clock::now, this::changed);
    final FakeJournal journal = new FakeJournal(clock);
    /** How the user's VirtualService has to look, in the end. */
    private final ObjectNode ratings;

    private final List<JsonNode> othersObjects;

    World() {
        seed("Namespace", "", "bookinfo", "{}");
        seed("Namespace", "", "istio-system", "{}");
        for (String service : List.of("productpage", "reviews", "ratings", "details")) {
            seed(
                    "Service",
                    "bookinfo",
                    service,
                    "{'selector': {'app': '%s'}, 'ports': [{'name': 'http', 'port': 9080, 'targetPort': 9080}]}"
                            .formatted(service));
        }
        for (String workload : List.of("productpage v1", "reviews v1", "reviews v2", "ratings v1", "details v1")) {
            String[] words = workload.split(" ");
            seed(
                    "WorkloadEntry",
                    "bookinfo",
                    words[0] + "-" + words[1],
                    "{'address': '127.0.1.1', 'labels': {'app': '%s', 'version': '%s'}}".formatted(words[0], words[1]));
        }
        seed(
                "VirtualService",
                "bookinfo",
                "ratings",
                "{'hosts': ['ratings'], 'http': [{'name': 'primary', 'timeout': '2s',"
                        + " 'route': [{'destination': {'host': 'ratings'}}]}]}");
        ratings = api.find(RATINGS).orElseThrow().deepCopy();
        othersObjects = users();
        tidy();
    }

    private void seed(String kind, String namespace, String name, String spec) {
        ApiKind type = ApiKind.ALL.stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", type.apiVersion()).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put("team", "shop");
        object.set("spec", parse(spec));
        api.put(type.collection(namespace) + "/" + name, object);
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tidy() {
        clock.after(TIDYING).thenRun(() -> {
            api.tidy();
            tidy();
        });
    }

    private void changed() {
        mesh.set(clock.now(), isFaultIn());
    }

    // --- what is in it ---

    boolean isFaultIn() {
        return !api.all(object -> isFault(object) || !ourRoutes(object).isEmpty())
                .isEmpty();
    }

    /** All that is ours, by kind and name. */
    List<String> ours() {
        return api.all(object -> isOurs(object) || !ourRoutes(object).isEmpty()).stream()
                .map(object -> object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText())
                .toList();
    }

    /** How the users' objects differ from what their users made of them; empty where they do not. */
    String damage() {
        List<JsonNode> found = users();
        ObjectNode actual = api.find(RATINGS).orElseThrow();
        if (!found.equals(othersObjects)) {
            return "expected " + othersObjects + ", found " + found;
        }
        return essence(actual).equals(essence(ratings))
                ? ""
                : "expected " + essence(ratings) + ", found " + essence(actual);
    }

    private List<JsonNode> users() {
        return api
                .all(object -> !isOurs(object) && !object.path("kind").asText().equals("VirtualService"))
                .stream()
                .map(ObjectNode::deepCopy)
                .map(JsonNode.class::cast)
                .toList();
    }

    private static List<JsonNode> essence(ObjectNode object) {
        return List.of(
                object.path("spec"),
                object.at("/metadata/labels"),
                object.at("/metadata/annotations"),
                object.at("/metadata/ownerReferences"));
    }

    private static boolean isOurs(ObjectNode object) {
        return object.at("/metadata/labels")
                .path("app.kubernetes.io/managed-by")
                .asText()
                .equals("chaos-gate");
    }

    private static boolean isFault(ObjectNode object) {
        return isOurs(object)
                && !Set.of("Job", "Lease").contains(object.path("kind").asText());
    }

    private static List<JsonNode> ourRoutes(ObjectNode object) {
        return StreamSupport.stream(object.at("/spec/http").spliterator(), false)
                .filter(route -> route.path("name").asText().startsWith("chaos-gate-"))
                .toList();
    }

    // --- other people ---

    void edit(Schedule.ForeignEdit.What what) {
        switch (what) {
            case FAULT_TAKEN_OUT -> {
                api.remove(World::isFault);
                ObjectNode live = api.find(RATINGS).orElseThrow().deepCopy();
                ArrayNode routes = (ArrayNode) live.at("/spec/http");
                List<JsonNode> ours = ourRoutes(live);
                for (int i = routes.size() - 1; i >= 0; i--) {
                    if (ours.contains(routes.get(i))) {
                        routes.remove(i);
                    }
                }
                api.put(RATINGS, live);
            }
            case GUARD_TAKEN_OUT ->
                api.remove(
                        object -> isOurs(object) && object.path("kind").asText().equals("Job"));
            default -> {
                ObjectNode live = api.find(RATINGS).orElseThrow().deepCopy();
                change(live, what);
                change(ratings, what);
                api.put(RATINGS, live);
            }
        }
    }

    private static void change(ObjectNode service, Schedule.ForeignEdit.What what) {
        ArrayNode routes = (ArrayNode) service.at("/spec/http");
        ObjectNode route = parse("{'route': [{'destination': {'host': 'ratings', 'subset': 'v2'}}]}");
        switch (what) {
            case ROUTE_IN_FRONT ->
                routes.insert(
                        0,
                        route.set(
                                "match",
                                parse("{'a': [{'headers': {'x-hotfix': {'exact': 'yes'}}}]}")
                                        .path("a")));
            case ROUTE_BEHIND -> routes.add(route);
            case CHANGED_TIMEOUT ->
                StreamSupport.stream(routes.spliterator(), false)
                        .filter(one -> one.path("name").asText().equals("primary"))
                        .forEach(one -> ((ObjectNode) one).put("timeout", "7s"));
            default -> ((ObjectNode) service.at("/metadata/labels")).put("release", "2");
        }
    }

    /** For a message. */
    String journalWords() {
        return new TreeMap<>(journal.entries).keySet().toString();
    }
}
