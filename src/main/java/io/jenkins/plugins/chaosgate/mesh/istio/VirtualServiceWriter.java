package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import io.jenkins.plugins.chaosgate.mesh.istio.RouteRecipe.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the changes of a gate that puts its faults into VirtualServices: an edit of the one that a host has, or one of
 * our own where it has none. Pure, but for the findings that it adds.
 */
final class VirtualServiceWriter {

    private static final String TOPIC = "virtual service";

    private final Survey survey;
    private final GateTicket ticket;
    private final String experiment;
    private final Findings findings;
    private final List<Change> changes = new ArrayList<>();
    private int ownObjects;

    VirtualServiceWriter(Survey survey, GateTicket ticket, String experiment, Findings findings) {
        this.survey = survey;
        this.ticket = ticket;
        this.experiment = experiment;
        this.findings = findings;
    }

    /** The changes that put these faults in; what cannot be done is an error finding instead. */
    List<Change> write(List<Placement> placements) {
        ResourceType type = survey.types().find(IstioTypes.VIRTUAL_SERVICE).orElseThrow();
        Map<String, List<Placement>> byHost = placements.stream()
                .collect(Collectors.groupingBy(Placement::host, LinkedHashMap::new, Collectors.toList()));
        Map<ObjectRef, String> hostOf = new LinkedHashMap<>();
        byHost.forEach((host, together) -> {
            List<ObjectNode> existing = HostRoutes.of(survey, host);
            if (existing.size() > 1) {
                findings.error(
                        TOPIC,
                        "several VirtualServices route calls to " + host + " (" + names(existing)
                                + "), and which of them counts is not certain: use mechanism envoyFilter");
            } else if (fits(together)) {
                try {
                    changes.add(existing.isEmpty() ? own(type, host, together) : edit(type, existing.get(0), together));
                } catch (IllegalArgumentException doesNotFit) {
                    findings.error(
                            TOPIC,
                            existing.isEmpty()
                                    ? doesNotFit.getMessage()
                                    : "VirtualService " + names(existing) + ": " + doesNotFit.getMessage());
                }
            }
            existing.forEach(object -> {
                String other = hostOf.putIfAbsent(ref(type, object), host);
                if (other != null) {
                    findings.error(
                            TOPIC,
                            "VirtualService " + names(existing) + " routes calls to both " + other + " and " + host
                                    + ", and one of its routes can carry only one of their faults: use mechanism"
                                    + " envoyFilter");
                }
            });
        });
        return changes;
    }

    private boolean fits(List<Placement> placements) {
        List<String> problems = new ArrayList<>();
        for (Placement placement : placements) {
            String number = "fault " + (placement.index() + 1) + ": ";
            IstioFault.unsupported(placement.fault())
                    .ifPresent(why -> problems.add(number + why + ": leave it out, or use mechanism envoyFilter"));
            if (placement.inbound()) {
                problems.add(
                        number + "a VirtualService acts at callers: say \"from\" which callers of the canary, or use"
                                + " mechanism envoyFilter");
            }
        }
        byRecipe(placements).values().stream()
                .flatMap(together -> HttpFault.conflict(faults(together)).stream()
                        .map(why -> "the faults " + EnvoyFilterWriter.numbers(together) + " meet on calls to "
                                + together.get(0).host() + ", and " + why
                                + ": combine them, or run them one after another"))
                .forEach(problems::add);
        if (byRecipe(placements).size()
                > placements.stream().map(Placement::selector).distinct().count()) {
            problems.add("faults of the same callers on calls to "
                    + placements.get(0).host()
                    + " differ in port, which routes of a VirtualService cannot: use mechanism envoyFilter");
        }
        problems.forEach(problem -> findings.error(TOPIC, problem));
        return problems.isEmpty();
    }

    /** Those that end up in the same routes: of the same callers, on the same ports. */
    private static Map<List<Object>, List<Placement>> byRecipe(List<Placement> placements) {
        return placements.stream()
                .collect(Collectors.groupingBy(
                        placement -> List.of(placement.selector(), ports(placement)),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private Change edit(ResourceType type, ObjectNode object, List<Placement> placements) {
        JsonNode spec = object.path("spec");
        if (spec.path("http").isEmpty()) {
            throw new IllegalArgumentException("it has no HTTP routes to put a fault on: use mechanism envoyFilter");
        }
        boolean oneHost = spec.path("hosts").size() == 1
                && !spec.path("hosts").get(0).asText().startsWith("*");
        List<RouteRecipe> recipes = recipes(placements, oneHost);
        return change(
                ref(type, object),
                true,
                RouteEdit.body(recipes, RouteEditor.clones(spec, Json.namespace(object), ticket.id(), recipes)),
                placements);
    }

    /** For callers of the target's namespace alone; all but the hurt ones are routed as without it. */
    private Change own(ResourceType type, String host, List<Placement> placements) {
        String namespace = survey.target().namespace();
        String name = Marks.objectName(ticket.id(), ++ownObjects);
        ObjectNode object = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = object.putObject("metadata").put("name", name).put("namespace", namespace);
        Marks.put(metadata, ticket, experiment);
        ObjectNode plain = Json.object();
        plain.putArray("hosts").add(host);
        plain.putArray("exportTo").add(".");
        ArrayNode routes = plain.putArray("http");
        routes.addObject()
                .putArray("route")
                .addObject()
                .putObject("destination")
                .put("host", host);
        object.set("spec", RouteEditor.edit(plain, namespace, ticket.id(), recipes(placements, true)));
        return change(new ObjectRef(type.apiVersion(), type.kind(), namespace, name), false, object, placements);
    }

    private List<RouteRecipe> recipes(List<Placement> placements, boolean oneHost) {
        return byRecipe(placements).values().stream()
                .map(together -> recipe(together, oneHost))
                .toList();
    }

    private RouteRecipe recipe(List<Placement> together, boolean oneHost) {
        Placement first = together.get(0);
        Map<String, String> headers = new LinkedHashMap<>();
        first.fault().scope().headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Optional<Reach> reach = first.only()
                .map(end -> new Reach(end.host(), end.subset(), true))
                .or(() -> oneHost ? Optional.empty() : Optional.of(new Reach(first.host(), Optional.empty(), false)));
        return new RouteRecipe(
                first.selector(),
                survey.target().namespace(),
                headers,
                ports(first),
                reach,
                IstioFault.of(faults(together)));
    }

    /** The ports that a route has to name; none where the fault is for every HTTP port. */
    private static List<Integer> ports(Placement placement) {
        return placement.fault().scope().port().isPresent() || placement.fault() instanceof GrpcAbort
                ? placement.ports()
                : List.of();
    }

    private Change change(ObjectRef ref, boolean edits, ObjectNode body, List<Placement> placements) {
        return new Change(
                ticket.id(),
                ref,
                edits,
                body.toString(),
                placements.stream().map(Placement::index).toList());
    }

    private static ObjectRef ref(ResourceType type, JsonNode object) {
        return new ObjectRef(type.apiVersion(), type.kind(), Json.namespace(object), Json.name(object));
    }

    private static List<Fault> faults(List<Placement> placements) {
        return placements.stream().map(Placement::fault).toList();
    }

    private static String names(List<ObjectNode> objects) {
        return objects.stream()
                .map(object -> Json.namespace(object) + "/" + Json.name(object))
                .collect(Collectors.joining(", "));
    }
}
