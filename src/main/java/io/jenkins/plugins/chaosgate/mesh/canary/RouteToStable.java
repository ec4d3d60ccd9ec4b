package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives the stable version the weight that the canary has, in the routes of the target's namespace that share calls between
 * them. Changes nothing but weights; a route to the canary alone, such as one for testers, stays.
 */
final class RouteToStable implements CanaryWay {

    private static final String SHIFT = "shift";

    private final Cluster cluster;

    RouteToStable(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * A kind of route.
     *
     * @param unsaid the weight of a destination of several that has none written
     */
    private record Routes(
            ResourceType type, long unsaid, Function<JsonNode, Map<String, JsonNode>> lists, Whose whose) {}

    /** Whose a destination is. */
    private interface Whose {
        Ends.Whose of(Ends ends, JsonNode destination);
    }

    @Override
    public List<CanaryStep> plan(Experiment experiment, String gate, Notes notes) {
        List<Routes> kinds = kinds();
        notes.require(ResourceType.POD, "list");
        notes.require(ResourceType.SERVICE, "list");
        List.of(Types.WORKLOAD_ENTRY, Types.DESTINATION_RULE)
                .forEach(kind -> Types.served(cluster, kind).ifPresent(type -> notes.require(type, "list")));
        kinds.forEach(kind -> notes.require(kind.type(), "list", "get", "patch"));
        if (notes.stopTheGate()) {
            return List.of();
        }
        Ends ends = Ends.read(cluster, experiment.target());
        if (ends.isCanaryOfRollout()) {
            notes.error(
                    "the canary's pods belong to a Rollout of Argo, whose controller sets the weights of routes itself and"
                            + " would write over this: use abortRollout");
            return List.of();
        }
        String namespace = experiment.target().namespace();
        List<CanaryStep> steps = new ArrayList<>();
        for (Routes kind : kinds) {
            for (ObjectNode object : cluster.list(kind.type(), namespace, Map.of())) {
                order(kind, object, ends, notes).ifPresent(order -> {
                    new Rivals(cluster, namespace, notes).check(kind.type(), object);
                    steps.add(order.step(gate, kind.type(), object));
                });
            }
        }
        if (steps.isEmpty()) {
            notes.error("no VirtualService or HTTPRoute in namespace " + namespace
                    + " shares calls by weight between the canary and the stable version: correct target.stable, or use"
                    + " another canaryRollback");
        }
        return steps;
    }

    private List<Routes> kinds() {
        List<Routes> kinds = new ArrayList<>();
        Types.served(cluster, Types.VIRTUAL_SERVICE)
                .ifPresent(type -> kinds.add(new Routes(
                        type, 0, Ends::ofVirtualService, (ends, end) -> ends.ofDestination(end.path("destination")))));
        Types.served(cluster, Types.HTTP_ROUTE)
                .ifPresent(type -> kinds.add(new Routes(type, 1, Ends::ofHttpRoute, Ends::ofBackend)));
        return kinds;
    }

    private static Optional<Order> order(Routes kind, ObjectNode object, Ends ends, Notes notes) {
        ArrayNode shift = Json.array();
        kind.lists().apply(object).forEach((path, list) -> {
            List<Ends.Whose> whose =
                    Json.elements(list).map(end -> kind.whose().of(ends, end)).toList();
            // The only destination of a route gets everything, whatever its weight.
            long unsaid = list.size() == 1 ? 1 : kind.unsaid();
            switch (Weights.of(whose, list, unsaid)) {
                case SHIFT -> shift.addAll(Weights.shift(path, list, whose, unsaid));
                case NO_STABLE ->
                    notes.warning(words(kind, object) + " leads to the canary, and not to the stable version, at "
                            + path + ": that stays as it is");
                case NOTHING -> {}
            }
        });
        return shift.isEmpty() ? Optional.empty() : Optional.of(order(kind, object, shift));
    }

    private static Order order(Routes kind, ObjectNode object, ArrayNode shift) {
        ObjectNode more = Json.object();
        more.put("before", Json.digest(object.path("spec")));
        more.put("after", Json.digest(Weights.applied(shift, object).path("spec")));
        more.set(SHIFT, shift);
        return new Order(
                CanaryRollback.Kind.ROUTE_TO_STABLE,
                Json.uid(object),
                words(kind, object) + " to the stable version alone",
                more,
                List.of(patch(kind, object, shift)),
                List.of(patch(kind, object, Weights.back(shift, object))));
    }

    private static String words(Routes kind, JsonNode object) {
        return kind.type().kind() + " " + Json.namespace(object) + "/" + Json.name(object);
    }

    private static String patch(Routes kind, JsonNode object, ArrayNode operations) {
        return "kubectl patch " + kind.type().argument() + " " + Json.name(object) + " --namespace "
                + Json.namespace(object) + " --type=json --patch '" + operations + "'";
    }

    @Override
    public CanaryStanding standing(ObjectNode object, Order order) {
        String spec = Json.digest(object.path("spec"));
        if (spec.equals(order.more().path("after").asText())) {
            return CanaryWay.back(true, "the canary's weight is 0");
        }
        return spec.equals(order.more().path("before").asText())
                ? CanaryWay.open()
                : CanaryWay.foreign("its routes are no longer as preflight saw them");
    }

    @Override
    public ArrayNode operations(ObjectNode object, Order order) {
        return order.more().path(SHIFT).deepCopy();
    }
}
