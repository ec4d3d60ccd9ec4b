package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts routes of a gate in front of those of a VirtualService, and takes them out again; pure functions on its
 * {@code spec}. A call takes the first route that it matches, so each of ours is a copy of one of the user's, in the same
 * order, for the callers alone: they are routed as ever, but hurt.
 */
final class RouteEditor {

    private RouteEditor() {}

    /**
     * The routes of a gate for these routes.
     *
     * @param spec the VirtualService's spec
     * @param namespace the VirtualService's namespace
     * @throws IllegalArgumentException where the recipes do not fit these routes; the message says why and what to do
     */
    static List<ObjectNode> clones(JsonNode spec, String namespace, String gate, List<RouteRecipe> recipes) {
        List<ObjectNode> clones = new ArrayList<>();
        for (RouteRecipe recipe : recipes) {
            List<ObjectNode> ofRecipe = clones(spec, namespace, gate, recipe, clones.size() + 1);
            if (ofRecipe.isEmpty()) {
                throw new IllegalArgumentException(
                        "no route is taken by the calls in question alone: correct from, to, port and headers of the"
                                + " fault, or use mechanism envoyFilter");
            }
            clones.addAll(ofRecipe);
        }
        return clones;
    }

    /** The spec with the gate's routes put in front. */
    static ObjectNode edit(ObjectNode spec, String namespace, String gate, List<RouteRecipe> recipes) {
        List<ObjectNode> clones = clones(spec, namespace, gate, recipes);
        ObjectNode edited = spec.deepCopy();
        ArrayNode routes = Json.object().putArray("http");
        routes.addAll(clones);
        Json.elements(spec.path("http")).forEach(routes::add);
        edited.set("http", routes);
        return edited;
    }

    /** The spec without the gate's routes; everything else stays as it is. */
    static ObjectNode undo(ObjectNode spec, String gate) {
        ObjectNode without = spec.deepCopy();
        if (!ours(spec, gate).isEmpty()) {
            ArrayNode routes = without.putArray("http");
            Json.elements(spec.path("http"))
                    .filter(route -> !isOurs(route, gate))
                    .forEach(routes::add);
        }
        return without;
    }

    /** At which places the gate's routes are, in order. */
    static List<Integer> ours(JsonNode spec, String gate) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < spec.path("http").size(); place++) {
            if (isOurs(spec.path("http").get(place), gate)) {
                places.add(place);
            }
        }
        return places;
    }

    private static boolean isOurs(JsonNode route, String gate) {
        return Marks.gateOfRoute(route).filter(gate::equals).isPresent();
    }

    private static List<ObjectNode> clones(
            JsonNode spec, String namespace, String gate, RouteRecipe recipe, int firstNumber) {
        List<ObjectNode> clones = new ArrayList<>();
        int upToLastHurt = 0;
        for (JsonNode route : spec.path("http")) {
            if (Marks.gateOfRoute(route).isPresent()) {
                continue;
            }
            List<ObjectNode> matches = matches(route, recipe);
            if (matches.isEmpty()) {
                continue;
            }
            ObjectNode clone = Json.object().put("name", Marks.routeName(gate, firstNumber + clones.size()));
            clone.putArray("match").addAll(matches);
            route.properties().stream()
                    .filter(field -> !clone.has(field.getKey()))
                    .forEach(field -> clone.set(field.getKey(), field.getValue().deepCopy()));
            clones.add(clone);
            if (isHurt(route, namespace, recipe)) {
                clone.set("fault", recipe.fault().deepCopy());
                upToLastHurt = clones.size();
            }
        }
        // A copy without the fault only keeps its place before copies that have it.
        return clones.subList(0, upToLastHurt);
    }

    private static boolean isHurt(JsonNode route, String namespace, RouteRecipe recipe) {
        if (route.has("delegate")) {
            throw new IllegalArgumentException("a route delegates to VirtualService "
                    + route.path("delegate").path("name").asText()
                    + ", which cannot be copied: use mechanism envoyFilter");
        }
        return !route.has("redirect")
                && !route.has("directResponse")
                && recipe.reach().map(reach -> reach.matches(route, namespace)).orElse(true);
    }

    private static List<ObjectNode> matches(JsonNode route, RouteRecipe recipe) {
        Stream<JsonNode> originals =
                route.path("match").isEmpty() ? Stream.of(Json.object()) : Json.elements(route.path("match"));
        return originals
                .filter(match -> HostRoutes.canMatch(match, recipe.sourceLabels(), recipe.sourceNamespace()))
                .filter(match -> HeaderCondition.allows(match, recipe.headers()))
                .flatMap(match -> onPorts(match, recipe.ports()))
                .map(match -> restricted(match, recipe))
                .toList();
    }

    private static Stream<ObjectNode> onPorts(JsonNode match, List<Integer> ports) {
        ObjectNode copy = match.deepCopy();
        Optional<Integer> port =
                match.has("port") ? Optional.of(match.path("port").asInt()) : Optional.empty();
        if (ports.isEmpty()) {
            return Stream.of(copy);
        }
        return ports.stream()
                .filter(wanted -> port.isEmpty() || port.get().equals(wanted))
                .map(wanted -> copy.deepCopy().put("port", wanted));
    }

    private static ObjectNode restricted(ObjectNode match, RouteRecipe recipe) {
        // Beside a list of gateways istiod ignores the source's labels, and all callers would be hurt.
        match.remove("gateways");
        ObjectNode labels = match.withObjectProperty("sourceLabels");
        recipe.sourceLabels().forEach(labels::put);
        match.put("sourceNamespace", recipe.sourceNamespace());
        if (!recipe.headers().isEmpty()) {
            ObjectNode headers = match.withObjectProperty("headers");
            for (Map.Entry<String, String> header : recipe.headers().entrySet()) {
                headers.remove(headers.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(header.getKey()::equalsIgnoreCase)
                        .toList());
                headers.putObject(header.getKey()).put("exact", header.getValue());
            }
        }
        return match;
    }
}
