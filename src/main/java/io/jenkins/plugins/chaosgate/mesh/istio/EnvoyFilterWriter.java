package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the EnvoyFilters of a gate: one for each set of proxies, and in it one patch for each virtual host whose routes
 * get a fault. Pure functions.
 */
final class EnvoyFilterWriter {

    private EnvoyFilterWriter() {}

    /** One virtual host of some proxies, and where calls to it must end to be hurt. */
    private record Spot(boolean inbound, String virtualHost, Optional<String> upstreamCluster) {}

    /** The changes that put these faults in, owned by the guard where there is one; what conflicts is an error finding instead. */
    static List<Change> write(
            List<Placement> placements,
            ResourceType type,
            String namespace,
            GateTicket ticket,
            String experiment,
            Optional<Change> guard,
            Findings findings) {
        Map<Map<String, String>, List<Placement>> bySelector = new LinkedHashMap<>();
        placements.forEach(placement -> bySelector
                .computeIfAbsent(placement.selector(), selector -> new ArrayList<>())
                .add(placement));
        List<Change> changes = new ArrayList<>();
        bySelector.forEach((selector, together) -> {
            Map<Spot, List<Placement>> spots = spots(together);
            if (checkSpots(spots, findings)) {
                ObjectNode object = object(type, selector, patches(spots));
                assertNarrow(object.path("spec"));
                ObjectNode metadata = object.putObject("metadata");
                String name = Marks.objectName(ticket.id(), changes.size() + 1);
                metadata.put("name", name).put("namespace", namespace);
                Marks.put(metadata, ticket, experiment);
                guard.ifPresent(change -> Owner.name(metadata, change.object()));
                changes.add(new Change(
                        ticket.id(),
                        new ObjectRef(type.apiVersion(), type.kind(), namespace, name),
                        false,
                        object.toString(),
                        together.stream().map(Placement::index).toList()));
            }
        });
        return changes;
    }

    /**
     * Refuses a filter that would reach further than one gate may: without a selector it would be for every proxy of the
     * namespace, and a patch without a virtual host for every service.
     */
    static void assertNarrow(JsonNode spec) {
        boolean narrow = !spec.path("workloadSelector").path("labels").isEmpty()
                && !spec.path("configPatches").isEmpty()
                && Json.elements(spec.path("configPatches")).allMatch(EnvoyFilterWriter::isNarrow);
        if (!narrow) {
            throw new IllegalArgumentException(
                    "an EnvoyFilter of a gate selects workloads and only merges the fault filter into the routes of named"
                            + " virtual hosts; this one does not: " + spec);
        }
    }

    private static boolean isNarrow(JsonNode patch) {
        JsonNode value = patch.path("patch").path("value");
        return patch.path("applyTo").asText().equals("HTTP_ROUTE")
                && !patch.path("match")
                        .path("routeConfiguration")
                        .path("vhost")
                        .path("name")
                        .asText()
                        .isEmpty()
                && patch.path("patch").path("operation").asText().equals("MERGE")
                && value.size() == 1
                && value.path("typed_per_filter_config").size() == 1
                && value.path("typed_per_filter_config").has(HttpFault.FILTER);
    }

    private static Map<Spot, List<Placement>> spots(List<Placement> placements) {
        Map<Spot, List<Placement>> spots = new LinkedHashMap<>();
        for (Placement placement : placements) {
            for (int port : placement.ports()) {
                Spot spot = new Spot(
                        placement.inbound(),
                        placement.inbound() ? "inbound|http|" + port : placement.host() + ":" + port,
                        placement.only().map(destination -> destination.cluster(port)));
                spots.computeIfAbsent(spot, key -> new ArrayList<>()).add(placement);
            }
        }
        return spots;
    }

    private static boolean checkSpots(Map<Spot, List<Placement>> spots, Findings findings) {
        List<String> conflicts = spots.entrySet().stream()
                .flatMap(spot -> HttpFault.conflict(faults(spot.getValue())).stream()
                        .map(why -> "the faults " + numbers(spot.getValue()) + " meet on "
                                + spot.getKey().virtualHost() + ", and " + why
                                + ": combine them, or run them one after another"))
                .toList();
        conflicts.forEach(text -> findings.error("faults", text));
        return conflicts.isEmpty();
    }

    private static ArrayNode patches(Map<Spot, List<Placement>> spots) {
        ArrayNode patches = Json.object().putArray("configPatches");
        spots.forEach((spot, placements) -> {
            ObjectNode patch = patches.addObject().put("applyTo", "HTTP_ROUTE");
            patch.putObject("match")
                    .put("context", spot.inbound() ? "SIDECAR_INBOUND" : "SIDECAR_OUTBOUND")
                    .putObject("routeConfiguration")
                    .putObject("vhost")
                    .put("name", spot.virtualHost());
            patch.putObject("patch")
                    .put("operation", "MERGE")
                    .putObject("value")
                    .putObject("typed_per_filter_config")
                    .set(HttpFault.FILTER, HttpFault.message(faults(placements), spot.upstreamCluster()));
        });
        return patches;
    }

    private static ObjectNode object(ResourceType type, Map<String, String> selector, ArrayNode patches) {
        ObjectNode object = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode spec = object.putObject("spec");
        spec.putObject("workloadSelector").set("labels", Json.object(selector));
        spec.set("configPatches", patches);
        return object;
    }

    private static List<Fault> faults(List<Placement> placements) {
        return placements.stream().map(Placement::fault).toList();
    }

    /** As people count, from 1. */
    static List<Integer> numbers(List<Placement> placements) {
        return placements.stream().map(placement -> placement.index() + 1).toList();
    }
}
