package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.istio.Placement.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what destination callers of a service reach the canary and nobody else: that of a route whose endpoints are all the
 * canary's. Pure functions.
 */
final class CanaryDestination {

    private CanaryDestination() {}

    /** The destination; empty where a finding says why there is none, or more than one. */
    static Optional<Destination> find(Survey survey, MeshService service, Findings findings) {
        List<Destination> alone = destinations(survey, survey.host(service.name())).stream()
                .filter(destination -> isCanaryOnly(survey, destination))
                .toList();
        if (alone.size() == 1) {
            return Optional.of(alone.get(0));
        }
        findings.error(
                "inbound fault",
                alone.isEmpty()
                        ? "callers cannot be hurt only where they call the canary: no route for "
                                + survey.host(service.name()) + " goes to a subset that holds the canary ("
                                + Labels.toSelector(survey.target().canary())
                                + ") and nothing else; route to such a subset of a DestinationRule, or leave \"from\""
                                + " out to inject at the canary itself"
                        : "routes for " + survey.host(service.name()) + " lead to the canary in several ways ("
                                + String.join(
                                        ", ",
                                        alone.stream()
                                                .map(CanaryDestination::words)
                                                .toList())
                                + "), and a fault can watch one: leave \"from\" out to inject at the canary itself");
        return Optional.empty();
    }

    /** Where calls to the host may end: by its VirtualServices, or, without any, at the host itself. */
    private static List<Destination> destinations(Survey survey, String host) {
        List<ObjectNode> routing = HostRoutes.of(survey, host).stream()
                .filter(object -> !object.path("spec").path("http").isEmpty())
                .toList();
        if (routing.isEmpty()) {
            return List.of(new Destination(host, Optional.empty(), Optional.empty()));
        }
        return routing.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), HostRoutes.delegates(survey, root)))
                .flatMap(object -> Json.elements(object.path("spec").path("http"))
                        .filter(route -> Marks.gateOfRoute(route).isEmpty())
                        .flatMap(route -> Json.elements(route.path("route")))
                        .map(end -> destination(end.path("destination"), Json.namespace(object), survey.domain())))
                .distinct()
                .toList();
    }

    private static Destination destination(JsonNode written, String namespace, String domain) {
        JsonNode port = written.path("port").path("number");
        return new Destination(
                Hosts.full(written.path("host").asText(), namespace, domain),
                Optional.ofNullable(written.path("subset").textValue()),
                port.isNumber() ? Optional.of(port.asInt()) : Optional.empty());
    }

    private static boolean isCanaryOnly(Survey survey, Destination destination) {
        List<Member> canary = survey.canary();
        List<List<Member>> readings = survey.services().keySet().stream()
                .filter(name -> survey.host(name).equals(destination.host()))
                .flatMap(name -> endpoints(survey, name, destination))
                .toList();
        return !readings.isEmpty()
                && readings.stream().allMatch(members -> !members.isEmpty() && canary.containsAll(members));
    }

    /** The members that a destination leads to; once for each DestinationRule that has the subset. */
    private static Stream<List<Member>> endpoints(Survey survey, ServiceName name, Destination destination) {
        List<Member> behind = survey.behind(name);
        if (destination.subset().isEmpty()) {
            return Stream.of(behind);
        }
        return survey.destinationRules().stream()
                .filter(rule ->
                        Hosts.stands(rule.path("spec").path("host").asText(), Json.namespace(rule), destination.host()))
                .flatMap(rule -> Json.elements(rule.path("spec").path("subsets")))
                .filter(subset ->
                        subset.path("name").asText().equals(destination.subset().get()))
                .map(subset -> Json.strings(subset.path("labels")))
                .map(labels -> selected(behind, labels));
    }

    private static List<Member> selected(List<Member> members, Map<String, String> labels) {
        return members.stream().filter(member -> member.selectedBy(labels)).toList();
    }

    private static String words(Destination destination) {
        return destination.host()
                + destination.subset().map(name -> " subset " + name).orElse("");
    }
}
