package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Routing;
import io.jenkins.plugins.chaosgate.gate.port.Routing.Mark;
import io.jenkins.plugins.chaosgate.gate.port.Routing.Place;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Culprit;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at the users' objects that route calls to some hosts: VirtualServices, DestinationRules, and HTTPRoutes of Services.
 * What gates themselves put into them does not count. Blocks while it asks.
 */
final class RoutingWatch {

    private static final String GATEWAY_API = "gateway.networking.k8s.io";
    private static final String HTTP_ROUTE = "HTTPRoute";
    private static final Set<Integer> NOT_TOLD = Set.of(403, 404);

    private final Cluster cluster;

    RoutingWatch(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The routing as it is now. Kinds that the cluster does not serve, or does not show to this account, are left out.
     *
     * @param hosts full names
     * @param namespaces where the objects are looked for
     */
    Routing read(IstioTypes types, List<String> hosts, Set<String> namespaces) {
        List<Place> places = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (ResourceType type : kinds(types)) {
            for (String namespace : namespaces) {
                Place place = new Place(type.group() + "/" + type.version(), type.kind(), namespace);
                found(hosts, place).ifPresent(objects -> {
                    places.add(place);
                    objects.values().forEach(object -> marks.add(mark(object, place)));
                });
            }
        }
        return new Routing(hosts, places, marks);
    }

    /** What was changed by somebody else in one place; empty where nothing was. */
    Optional<String> changed(Routing before, Place place) {
        Optional<Map<String, ObjectNode>> found = found(before.hosts(), place);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ObjectNode> now = found.get();
        for (Mark mark : before.marks()) {
            if (place.holds(mark.object())) {
                ObjectNode object = now.remove(mark.object().name());
                if (object == null) {
                    return Optional.of(mark.object() + ", which routes the calls in question, was removed");
                }
                if (!Fingerprint.of(object).equals(mark.fingerprint())) {
                    return Optional.of(
                            mark.object() + ", which routes the calls in question, was changed" + Culprit.of(object));
                }
            }
        }
        return now.values().stream()
                .findFirst()
                .map(object -> mark(object, place).object() + ", which routes the calls in question, was made"
                        + Culprit.of(object));
    }

    private List<ResourceType> kinds(IstioTypes types) {
        Stream<ResourceType> istio = Stream.of(IstioTypes.VIRTUAL_SERVICE, IstioTypes.DESTINATION_RULE)
                .flatMap(kind -> types.find(kind).stream());
        Stream<ResourceType> gateways = versions().stream()
                .limit(1)
                .filter(version -> cluster.kinds(GATEWAY_API, version).contains(HTTP_ROUTE))
                .map(RoutingWatch::httpRoute);
        return Stream.concat(istio, gateways).toList();
    }

    private List<String> versions() {
        try {
            return cluster.versions(GATEWAY_API);
        } catch (ClusterException failure) {
            if (NOT_TOLD.contains(failure.status())) {
                return List.of();
            }
            throw failure;
        }
    }

    /** The objects of a place that route calls to the hosts, by name; empty where the cluster does not show them. */
    private Optional<Map<String, ObjectNode>> found(List<String> hosts, Place place) {
        String version = place.apiVersion().substring(place.apiVersion().indexOf('/') + 1);
        ResourceType type =
                place.kind().equals(HTTP_ROUTE) ? httpRoute(version) : IstioTypes.type(place.kind(), version);
        List<ObjectNode> all;
        try {
            all = cluster.list(type, place.namespace(), Map.of());
        } catch (ClusterException failure) {
            if (NOT_TOLD.contains(failure.status())) {
                return Optional.empty();
            }
            throw failure;
        }
        Map<String, ObjectNode> found = new HashMap<>();
        all.stream()
                .filter(object -> Marks.gateOfObject(object).isEmpty())
                .filter(object -> hosts.stream().anyMatch(host -> concerns(object, place.kind(), host)))
                .flatMap(object -> Stream.concat(Stream.of(object), HostRoutes.delegates(all, object)))
                .forEach(object -> found.put(Json.name(object), object));
        return Optional.of(found);
    }

    private static boolean concerns(JsonNode object, String kind, String host) {
        JsonNode spec = object.path("spec");
        String namespace = Json.namespace(object);
        return switch (kind) {
            case IstioTypes.VIRTUAL_SERVICE ->
                Json.elements(spec.path("hosts")).anyMatch(written -> Hosts.stands(written.asText(), namespace, host));
            case IstioTypes.DESTINATION_RULE -> Hosts.stands(spec.path("host").asText(), namespace, host);
            default ->
                Json.elements(spec.path("parentRefs"))
                        .filter(parent -> parent.path("kind").asText().equals("Service"))
                        .anyMatch(parent -> Hosts.full(
                                        parent.path("name").asText(),
                                        parent.path("namespace").asText(namespace))
                                .equals(host));
        };
    }

    private static Mark mark(ObjectNode object, Place place) {
        return new Mark(
                new ObjectRef(place.apiVersion(), place.kind(), place.namespace(), Json.name(object)),
                Fingerprint.of(object));
    }

    private static ResourceType httpRoute(String version) {
        return new ResourceType(GATEWAY_API, version, HTTP_ROUTE, "httproutes", true);
    }
}
