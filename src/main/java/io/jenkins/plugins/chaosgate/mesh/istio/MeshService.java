package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Kubernetes Service, as far as the mesh cares for it. */
record MeshService(ServiceName name, JsonNode object) {

    static MeshService of(JsonNode object) {
        return new MeshService(new ServiceName(Json.name(object), Json.namespace(object)), object);
    }

    /** Whether the member is behind this service; both have to be in one namespace, which is the caller's to see to. */
    boolean selects(Member member) {
        Map<String, String> selector = Json.strings(object.path("spec").path("selector"));
        return !selector.isEmpty() && Labels.match(selector, member.labels());
    }

    List<JsonNode> ports() {
        return Json.elements(object.path("spec").path("ports")).toList();
    }

    /** Whether it only stands for a name outside the cluster. */
    boolean isExternal() {
        return object.path("spec").path("type").asText().equals("ExternalName");
    }

    /** When it was made, as the API writes it; sorts as text. */
    String createdAt() {
        return object.path("metadata").path("creationTimestamp").asText();
    }

    /** The port that calls arrive at: a number, or the name of a container's port. */
    static String targetOf(JsonNode port) {
        return port.path("targetPort").asText(port.path("port").asText());
    }

    /** {@code 9080 (http), 9443 (https)}. */
    String portList() {
        return ports().stream()
                .map(port -> port.path("port").asText()
                        + (port.path("name").asText().isEmpty()
                                ? ""
                                : " (" + port.path("name").asText() + ")"))
                .collect(Collectors.joining(", "));
    }
}
