package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which routes calls within the mesh can take, as istiod reads VirtualServices. Pure functions. */
final class HostRoutes {

    private static final String MESH = "mesh";

    private HostRoutes() {}

    /** The VirtualServices that route calls of the target's namespace to that host. */
    static List<ObjectNode> of(Survey survey, String host) {
        return survey.virtualServices().stream()
                .filter(HostRoutes::isForSidecars)
                .filter(object -> isVisible(object, survey.target().namespace()))
                .filter(object -> Json.elements(object.path("spec").path("hosts"))
                        .anyMatch(written -> Hosts.stands(written.asText(), Json.namespace(object), host)))
                .toList();
    }

    /** The VirtualServices that this one delegates routes to. */
    static Stream<ObjectNode> delegates(Survey survey, JsonNode root) {
        return delegates(survey.virtualServices(), root);
    }

    /** Those of some VirtualServices that this one delegates routes to. */
    static Stream<ObjectNode> delegates(List<ObjectNode> virtualServices, JsonNode root) {
        return Json.elements(root.path("spec").path("http"))
                .map(route -> route.path("delegate"))
                .filter(delegate -> !delegate.path("name").asText().isEmpty())
                .flatMap(delegate -> virtualServices.stream()
                        .filter(object -> Json.name(object)
                                        .equals(delegate.path("name").asText())
                                && Json.namespace(object)
                                        .equals(delegate.path("namespace").asText(Json.namespace(root)))));
    }

    /** Whether calls of workloads with these labels, in this namespace, can take the route. */
    static boolean canTake(JsonNode route, Map<String, String> labels, String namespace) {
        return route.path("match").isEmpty()
                || Json.elements(route.path("match")).anyMatch(match -> canMatch(match, labels, namespace));
    }

    /** Whether calls of workloads with these labels, in this namespace, can meet the condition. */
    static boolean canMatch(JsonNode match, Map<String, String> labels, String namespace) {
        if (!match.path("gateways").isEmpty()) {
            // Where gateways are named istiod looks at nothing else of the source.
            return Json.elements(match.path("gateways"))
                    .anyMatch(gateway -> gateway.asText().equals(MESH));
        }
        boolean labelsFit = Json.strings(match.path("sourceLabels")).entrySet().stream()
                .allMatch(label ->
                        labels.getOrDefault(label.getKey(), label.getValue()).equals(label.getValue()));
        String source = match.path("sourceNamespace").asText();
        return labelsFit && (source.isEmpty() || source.equals(namespace));
    }

    private static boolean isForSidecars(JsonNode object) {
        JsonNode gateways = object.path("spec").path("gateways");
        return gateways.isEmpty()
                || Json.elements(gateways).anyMatch(gateway -> gateway.asText().equals(MESH));
    }

    private static boolean isVisible(JsonNode object, String namespace) {
        JsonNode exportTo = object.path("spec").path("exportTo");
        return exportTo.isEmpty()
                || Json.elements(exportTo)
                        .map(JsonNode::asText)
                        .anyMatch(to -> to.equals("*")
                                || to.equals(namespace)
                                || to.equals(".") && Json.namespace(object).equals(namespace));
    }
}
