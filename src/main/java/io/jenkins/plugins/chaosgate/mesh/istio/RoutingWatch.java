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
 * Looks at the users' objects that route calls to some hosts, or have faults of their own for them: VirtualServices,
 * DestinationRules, HTTPRoutes of Services, and EnvoyFilters that touch the fault filter, which could make ours ineffective.
 * What gates themselves put into them does not count. Blocks while it asks.
 */
final class RoutingWatch {

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
                    return Optional.of(mark.object() + role(place) + " was removed");
                }
                if (!Fingerprint.of(object).equals(mark.fingerprint())) {
                    return Optional.of(mark.object() + role(place) + " was changed" + Culprit.of(object));
                }
            }
        }
        return now.values().stream()
                .findFirst()
                .map(object -> mark(object, place).object() + role(place) + " was made" + Culprit.of(object));
    }

    private static String role(Place place) {
        return place.kind().equals(IstioTypes.ENVOY_FILTER)
                ? ", which changes the faults of proxies here,"
                : ", which routes the calls in question,";
    }

    private List<ResourceType> kinds(IstioTypes types) {
        Stream<ResourceType> istio = Stream.of(
                        IstioTypes.VIRTUAL_SERVICE, IstioTypes.DESTINATION_RULE, IstioTypes.ENVOY_FILTER)
                .flatMap(kind -> types.find(kind).stream());
        return Stream.concat(istio, HttpRoutes.find(cluster).stream()).toList();
    }

    /** The objects of a place that route calls to the hosts, by name; empty where the cluster does not show them. */
    private Optional<Map<String, ObjectNode>> found(List<String> hosts, Place place) {
        String version = place.apiVersion().substring(place.apiVersion().indexOf('/') + 1);
        ResourceType type = place.kind().equals(HttpRoutes.KIND)
                ? HttpRoutes.type(version)
                : IstioTypes.type(place.kind(), version);
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
            case IstioTypes.ENVOY_FILTER ->
                Marks.gateOfObject(object).isEmpty()
                        && Json.elements(spec.path("configPatches")).anyMatch(RouteCheck::isAboutFaults);
            case IstioTypes.DESTINATION_RULE -> Hosts.stands(spec.path("host").asText(), namespace, host);
            default ->
                Json.elements(spec.path("parentRefs"))
                        .filter(parent -> parent.path("kind").asText().equals("Service"))
                        .anyMatch(parent -> Hosts.is(
                                parent.path("name").asText(),
                                parent.path("namespace").asText(namespace),
                                host));
        };
    }

    private static Mark mark(ObjectNode object, Place place) {
        return new Mark(
                new ObjectRef(place.apiVersion(), place.kind(), place.namespace(), Json.name(object)),
                Fingerprint.of(object));
    }
}
