package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether istiod tells some proxies of a service at all. Of one that they are not told of they have no route that a fault
 * could be put on; calls pass through unhurt, or fail. Pure functions.
 */
final class Visibility {

    private static final String EXPORT_TO = "networking.istio.io/exportTo";

    private Visibility() {}

    /**
     * Why the proxies are not told; empty where they are.
     *
     * @param proxies in the target's namespace
     */
    static Optional<String> hidden(Survey survey, MeshService service, List<Member> proxies) {
        return notExported(survey, service).or(() -> proxies.stream()
                .flatMap(member -> sidecar(survey, member).stream())
                .distinct()
                .filter(sidecar -> !reaches(sidecar, survey, service))
                .findFirst()
                .map(sidecar -> "Sidecar " + Json.namespace(sidecar) + "/" + Json.name(sidecar)
                        + " leaves it out of its egress hosts; add \""
                        + service.name().namespace() + "/" + survey.host(service.name()) + "\" there"));
    }

    private static Optional<String> notExported(Survey survey, MeshService service) {
        JsonNode exportTo =
                service.object().path("metadata").path("annotations").path(EXPORT_TO);
        String home = survey.target().namespace();
        boolean visible = exportTo.isMissingNode()
                || Arrays.stream(exportTo.asText().split(","))
                        .map(String::strip)
                        .anyMatch(to -> to.equals("*")
                                || to.equals(home)
                                || to.equals(".") && service.name().namespace().equals(home));
        return visible
                ? Optional.empty()
                : Optional.of("the Service's annotation " + EXPORT_TO + " (\"" + exportTo.asText()
                        + "\") does not name namespace " + home + "; add it there");
    }

    /** The Sidecar that istiod takes for a member: of its own labels, else of its namespace, else of the mesh. */
    private static Optional<ObjectNode> sidecar(Survey survey, Member member) {
        String home = survey.target().namespace();
        return oldest(survey, home, selector -> !selector.isEmpty() && member.selectedBy(selector))
                .or(() -> oldest(survey, home, Map::isEmpty))
                .or(() -> oldest(survey, Surveyor.ROOT_NAMESPACE, Map::isEmpty));
    }

    private static Optional<ObjectNode> oldest(
            Survey survey, String namespace, Predicate<Map<String, String>> selects) {
        return survey.sidecars().stream()
                .filter(sidecar -> Json.namespace(sidecar).equals(namespace))
                .filter(sidecar -> selects.test(Json.strings(
                        sidecar.path("spec").path("workloadSelector").path("labels"))))
                .min(Comparator.comparing(sidecar ->
                        sidecar.path("metadata").path("creationTimestamp").asText()));
    }

    private static boolean reaches(ObjectNode sidecar, Survey survey, MeshService service) {
        JsonNode egress = sidecar.path("spec").path("egress");
        return egress.isEmpty()
                || Json.elements(egress)
                        .flatMap(listener -> Json.elements(listener.path("hosts")))
                        .anyMatch(host -> names(host.asText(), survey, service));
    }

    /** Whether {@code namespace/name} of an egress listener is the service. */
    private static boolean names(String written, Survey survey, MeshService service) {
        String[] parts = written.split("/", 2);
        String namespace = parts[0].equals(".") ? survey.target().namespace() : parts[0];
        boolean inNamespace =
                namespace.equals("*") || namespace.equals(service.name().namespace());
        return parts.length == 2 && inNamespace && isHost(parts[1], survey.host(service.name()));
    }

    private static boolean isHost(String written, String host) {
        return written.startsWith("*") ? host.endsWith(written.substring(1)) : host.equals(written);
    }
}
