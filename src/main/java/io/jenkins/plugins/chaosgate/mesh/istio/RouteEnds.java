package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * At which other hosts calls to a host end: Flagger, and Argo Rollouts where it splits by hosts, route the service that
 * callers name to one for each version, and the mesh's telemetry has the calls under these. Pure functions.
 */
final class RouteEnds {

    private RouteEnds() {}

    /** The full names, by VirtualServices and HTTPRoutes; empty where calls end at the host itself only. */
    static Set<String> of(Survey survey, String host) {
        return Stream.concat(ofVirtualServices(survey, host), ofHttpRoutes(survey, host))
                .filter(end -> !end.equals(host))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> ofVirtualServices(Survey survey, String host) {
        return HostRoutes.of(survey, host).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), HostRoutes.delegates(survey, root)))
                .flatMap(object -> Json.elements(object.path("spec").path("http"))
                        .flatMap(route -> Json.elements(route.path("route")))
                        .map(end -> end.path("destination").path("host").asText())
                        .filter(end -> !end.isEmpty())
                        .map(end -> Hosts.full(end, Json.namespace(object), survey.domain())));
    }

    private static Stream<String> ofHttpRoutes(Survey survey, String host) {
        return survey.httpRoutes().stream().filter(route -> isOf(route, host)).flatMap(route -> Json.elements(
                        route.path("spec").path("rules"))
                .flatMap(rule -> Json.elements(rule.path("backendRefs")))
                .flatMap(backend -> hostOf(backend, route, survey)));
    }

    private static boolean isOf(ObjectNode route, String host) {
        return Json.elements(route.path("spec").path("parentRefs"))
                .filter(parent -> parent.path("kind").asText().equals("Service"))
                .anyMatch(parent -> Hosts.is(
                        parent.path("name").asText(), parent.path("namespace").asText(Json.namespace(route)), host));
    }

    /** A backend is a Service, or, in Istio's own words, a host. */
    private static Stream<String> hostOf(JsonNode backend, ObjectNode route, Survey survey) {
        String name = backend.path("name").asText();
        return switch (backend.path("kind").asText("Service")) {
            case "Service" ->
                Stream.of(survey.host(
                        new ServiceName(name, backend.path("namespace").asText(Json.namespace(route)))));
            case "Hostname" -> Stream.of(name);
            default -> Stream.empty();
        };
    }
}
