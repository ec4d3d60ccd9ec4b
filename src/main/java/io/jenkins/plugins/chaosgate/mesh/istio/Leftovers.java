package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the faults of gates in a cluster, by their labels and by the names of routes, then their guards and locks: whoever takes all
 * out in this order leaves no fault without a guard. Blocks while it asks.
 */
final class Leftovers {

    private final Cluster cluster;

    Leftovers(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Those of one namespace; of all where it is empty. */
    List<Leftover> find(Optional<String> namespace) {
        IstioTypes types = IstioTypes.discover(cluster);
        String where = namespace.orElse("");
        List<Leftover> found = new ArrayList<>();
        types.find(IstioTypes.ENVOY_FILTER).ifPresent(type -> cluster.list(type, where, Marks.OURS).stream()
                .flatMap(object -> own(type, object).stream())
                .forEach(found::add));
        types.find(IstioTypes.VIRTUAL_SERVICE).ifPresent(type -> cluster.list(type, where, Map.of()).stream()
                .flatMap(object -> own(type, object).map(Stream::of).orElseGet(() -> edits(type, object)))
                .forEach(found::add));
        cluster.list(ResourceType.JOB, where, Marks.OURS).stream()
                .flatMap(object -> own(ResourceType.JOB, object).stream())
                .forEach(found::add);
        cluster.list(ResourceType.LEASE, where, Marks.OURS).stream()
                .flatMap(object -> own(ResourceType.LEASE, object).stream())
                .forEach(found::add);
        return List.copyOf(found);
    }

    private static Optional<Leftover> own(ResourceType type, ObjectNode object) {
        return Marks.gateOfObject(object)
                .map(gate -> new Leftover(
                        new Change(
                                gate,
                                ref(type, object),
                                false,
                                asMade(type, object).toString(),
                                List.of()),
                        Marks.annotation(object, Marks.ORIGIN),
                        Marks.annotation(object, Marks.SINCE),
                        Marks.annotation(object, Marks.UNTIL)));
    }

    private static Stream<Leftover> edits(ResourceType type, ObjectNode object) {
        List<JsonNode> routes = Json.elements(object.path("spec").path("http")).toList();
        return routes.stream()
                .flatMap(route -> Marks.gateOfRoute(route).stream())
                .distinct()
                .map(gate -> {
                    List<ObjectNode> ofGate = RouteEditor.ours(object.path("spec"), gate).stream()
                            .map(place -> (ObjectNode) routes.get(place))
                            .toList();
                    ObjectNode body = RouteEdit.body(List.of(), ofGate);
                    return new Leftover(
                            new Change(gate, ref(type, object), true, body.toString(), List.of()), "", "", "");
                });
    }

    /** What a gate would have sent: without all that the cluster added. */
    private static ObjectNode asMade(ResourceType type, ObjectNode object) {
        ObjectNode body = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata =
                body.putObject("metadata").put("name", Json.name(object)).put("namespace", Json.namespace(object));
        for (String field : List.of("labels", "annotations")) {
            metadata.set(field, Json.object(Json.strings(object.path("metadata").path(field))));
        }
        body.set("spec", object.path("spec"));
        return body;
    }

    private static ObjectRef ref(ResourceType type, JsonNode object) {
        return new ObjectRef(type.apiVersion(), type.kind(), Json.namespace(object), Json.name(object));
    }
}
