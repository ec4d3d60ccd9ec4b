package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How routes with a fault are made out of those of a VirtualService, whatever these are by then.
 *
 * @param sourceLabels the labels of the callers; at least one
 * @param sourceNamespace the namespace of the callers
 * @param headers a call is hurt only when it carries all of these; names in lower case
 * @param ports a call is hurt only when it was made to one of these ports; empty means to any
 * @param reach a call is hurt only when its route ends at this service; empty means wherever it ends
 * @param fault the route's {@code fault}
 */
record RouteRecipe(
        Map<String, String> sourceLabels,
        String sourceNamespace,
        Map<String, String> headers,
        List<Integer> ports,
        Optional<Reach> reach,
        ObjectNode fault) {

    /**
     * A service that a route ends at.
     *
     * @param host its full host name
     * @param subset which subset of it; empty means any
     * @param alone whether the route must not end anywhere else, too
     */
    record Reach(String host, Optional<String> subset, boolean alone) {

        boolean matches(JsonNode route, String namespace) {
            List<JsonNode> ends = Json.elements(route.path("route"))
                    .filter(end -> end.path("weight").asInt(1) > 0)
                    .toList();
            return !ends.isEmpty()
                    && (alone
                            ? ends.stream().allMatch(end -> isHere(end, namespace))
                            : ends.stream().anyMatch(end -> isHere(end, namespace)));
        }

        private boolean isHere(JsonNode end, String namespace) {
            JsonNode destination = end.path("destination");
            return Hosts.is(destination.path("host").asText(), namespace, host)
                    && (subset.isEmpty()
                            || subset.get().equals(destination.path("subset").asText()));
        }
    }

    RouteRecipe {
        sourceLabels = Labels.copyOf(sourceLabels);
        Objects.requireNonNull(sourceNamespace, "sourceNamespace");
        headers = Labels.copyOf(headers);
        ports = List.copyOf(ports);
        Objects.requireNonNull(reach, "reach");
        fault = fault.deepCopy();
        if (sourceLabels.isEmpty()) {
            throw new IllegalArgumentException("a route with a fault needs the labels of its callers");
        }
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("sourceLabels", Json.object(sourceLabels));
        json.put("sourceNamespace", sourceNamespace);
        json.set("headers", Json.object(headers));
        ArrayNode numbers = json.putArray("ports");
        ports.forEach(numbers::add);
        reach.ifPresent(end -> {
            ObjectNode object = json.putObject("reach").put("host", end.host()).put("alone", end.alone());
            end.subset().ifPresent(subset -> object.put("subset", subset));
        });
        json.set("fault", fault);
        return json;
    }

    static RouteRecipe of(JsonNode json) {
        JsonNode reach = json.path("reach");
        return new RouteRecipe(
                Json.strings(json.path("sourceLabels")),
                json.path("sourceNamespace").asText(),
                Json.strings(json.path("headers")),
                Json.elements(json.path("ports")).map(JsonNode::asInt).toList(),
                reach.isObject()
                        ? Optional.of(new Reach(
                                reach.path("host").asText(),
                                Optional.ofNullable(reach.path("subset").textValue()),
                                reach.path("alone").asBoolean()))
                        : Optional.empty(),
                json.path("fault").deepCopy());
    }
}
