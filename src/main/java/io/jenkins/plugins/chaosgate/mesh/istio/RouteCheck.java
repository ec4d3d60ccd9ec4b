package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for what is already on the routes that faults would go on. Pure, but for the findings that it adds. */
final class RouteCheck {

    /** These leave the filter that they are matched by as it is. */
    private static final Set<String> INSERTS = Set.of("INSERT_BEFORE", "INSERT_AFTER", "INSERT_FIRST", "ADD");

    private final Survey survey;
    private final String gate;
    private final boolean overrideFault;
    private final Findings findings;

    RouteCheck(Survey survey, String gate, boolean overrideFault, Findings findings) {
        this.survey = survey;
        this.gate = gate;
        this.overrideFault = overrideFault;
        this.findings = findings;
    }

    /** Looks at everything that concerns these placements. */
    void check(List<Placement> placements) {
        checkLocks();
        checkOtherGates(placements);
        for (Placement placement : placements) {
            if (!placement.inbound()) {
                virtualServices(placement.host()).forEach(object -> checkRoutes(object, placement));
            }
            survey.envoyFilters().stream()
                    .filter(filter -> Marks.gateOfObject(filter).isEmpty())
                    .filter(filter -> touches(filter, placement))
                    .forEach(filter -> foundFault("EnvoyFilter " + Json.namespace(filter) + "/" + Json.name(filter)));
        }
    }

    private void checkLocks() {
        survey.locksOfCanary().stream()
                .filter(lock -> Marks.gateOfObject(lock).filter(gate::equals).isEmpty())
                .forEach(lock -> findings.warning("other gates", "the target is held by " + LeaseLock.words(lock)));
    }

    private void checkOtherGates(List<Placement> placements) {
        List<Member> concerned = Stream.concat(
                        survey.canary().stream(),
                        placements.stream().flatMap(placement -> placement.proxies().stream()))
                .distinct()
                .toList();
        survey.envoyFilters().stream()
                .filter(filter -> Json.namespace(filter).equals(survey.target().namespace()))
                .filter(filter -> concerned.stream().anyMatch(member -> member.selectedBy(selector(filter))))
                .forEach(filter ->
                        Marks.gateOfObject(filter).ifPresent(other -> foundGate(other, "EnvoyFilter", filter)));
        placements.stream()
                .flatMap(placement -> virtualServices(placement.host()))
                .forEach(object -> Stream.concat(
                                Marks.gateOfObject(object).stream(),
                                Json.elements(object.path("spec").path("http"))
                                        .flatMap(route -> Marks.gateOfRoute(route).stream()))
                        .distinct()
                        .forEach(other -> foundGate(other, "VirtualService", object)));
    }

    private void foundGate(String other, String kind, JsonNode object) {
        if (other.equals(gate)) {
            return;
        }
        String origin = Marks.annotation(object, Marks.ORIGIN);
        String found = "gate " + other + (origin.isEmpty() ? "" : " (" + origin + ")") + " has a fault in, " + kind
                + " " + Json.namespace(object) + "/" + Json.name(object);
        boolean holdsTheTarget = survey.locksOfCanary().stream()
                .anyMatch(lock -> Marks.gateOfObject(lock).filter(other::equals).isPresent());
        if (holdsTheTarget) {
            findings.warning("other gates", found + ": it holds the target, so its turn is first");
        } else {
            findings.error(
                    "other gates",
                    found + ": wait until it is over; if it is dead, take its faults out with \"chaos-gate sweep\"");
        }
    }

    private void checkRoutes(JsonNode object, Placement placement) {
        String name = "VirtualService " + Json.namespace(object) + "/" + Json.name(object);
        List<JsonNode> routes = Json.elements(object.path("spec").path("http"))
                .filter(route -> Marks.gateOfRoute(route).isEmpty())
                .filter(route -> HostRoutes.canTake(
                        route, placement.selector(), survey.target().namespace()))
                .toList();
        routes.stream()
                .filter(route -> !route.path("fault").isEmpty())
                .findFirst()
                .ifPresent(route -> foundFault(
                        (route.has("name") ? "route \"" + route.path("name").asText() + "\" of " : "a route of ")
                                + name));
        if (routes.stream().anyMatch(route -> route.has("retries") || route.has("timeout"))) {
            findings.warning(
                    "route",
                    name
                            + " has retries or a timeout: an injected abort is not retried, and the timeout does not cover an"
                            + " injected delay");
        }
    }

    private void foundFault(String where) {
        if (overrideFault) {
            findings.warning("route", where + " has a fault already: it is replaced for as long as ours is in");
        } else {
            findings.error(
                    "route",
                    where + " has a fault already, which ours would replace: take it out, or set overrideFault: true");
        }
    }

    private Stream<ObjectNode> virtualServices(String host) {
        return HostRoutes.of(survey, host).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), HostRoutes.delegates(survey, root)));
    }

    /** Whether a user's EnvoyFilter does something to the fault filter on the routes of the placement. */
    private boolean touches(JsonNode filter, Placement placement) {
        String namespace = Json.namespace(filter);
        boolean here = namespace.equals(survey.target().namespace()) || namespace.equals(Surveyor.ROOT_NAMESPACE);
        return here
                && placement.proxies().stream().anyMatch(member -> member.selectedBy(selector(filter)))
                && Json.elements(filter.path("spec").path("configPatches"))
                        .filter(RouteCheck::isAboutFaults)
                        .anyMatch(patch -> meets(patch.path("match"), placement));
    }

    /** Whether a patch puts a fault in, or changes one; not where it only names the fault filter to say where. */
    private static boolean isAboutFaults(JsonNode patch) {
        JsonNode subFilter = patch.path("match")
                .path("listener")
                .path("filterChain")
                .path("filter")
                .path("subFilter")
                .path("name");
        boolean changesWhatItNames =
                !INSERTS.contains(patch.path("patch").path("operation").asText());
        return speaksOfFaults(patch.path("patch").path("value"))
                || subFilter.asText().equals(HttpFault.FILTER) && changesWhatItNames;
    }

    /** Whether the name or the type of the fault filter is somewhere in a configuration. */
    private static boolean speaksOfFaults(JsonNode value) {
        return value.asText().equals(HttpFault.FILTER)
                || value.asText().endsWith(".HTTPFault")
                || value.has(HttpFault.FILTER)
                || Json.elements(value).anyMatch(RouteCheck::speaksOfFaults)
                || value.properties().stream().anyMatch(field -> speaksOfFaults(field.getValue()));
    }

    private static boolean meets(JsonNode match, Placement placement) {
        String context = match.path("context").asText("ANY");
        boolean inContext =
                context.equals("ANY") || context.equals(placement.inbound() ? "SIDECAR_INBOUND" : "SIDECAR_OUTBOUND");
        Optional<String> virtualHost = Optional.ofNullable(
                match.path("routeConfiguration").path("vhost").path("name").textValue());
        return inContext
                && virtualHost
                        .map(name -> placement.inbound() || name.startsWith(placement.host() + ":"))
                        .orElse(true);
    }

    private static Map<String, String> selector(JsonNode filter) {
        return Labels.copyOf(
                Json.strings(filter.path("spec").path("workloadSelector").path("labels")));
    }
}
