package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.testbed.quick.mesh.SidecarConfig.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Merges Istio's EnvoyFilters into what a sidecar is given, in istiod's way; pure functions. */
public final class EnvoyFilters {

    /** EnvoyFilters of this namespace are for every namespace. */
    public static final String ROOT_NAMESPACE = "istio-system";

    private static final Set<String> MATCHES = Set.of(
            "/context",
            "/routeConfiguration/portNumber",
            "/routeConfiguration/vhost/name",
            "/routeConfiguration/vhost/domainName",
            "/routeConfiguration/vhost/route/name",
            "/listener/filterChain/filter/name");

    private static final Comparator<JsonNode> ISTIOD_ORDER = Comparator.comparing(
                    (JsonNode filter) -> !namespace(filter).equals(ROOT_NAMESPACE))
            .thenComparing(filter -> filter.at("/spec/priority").asInt())
            .thenComparing(filter -> filter.at("/metadata/creationTimestamp").asText())
            .thenComparing(filter -> filter.at("/metadata/name").asText());

    private EnvoyFilters() {}

    /**
     * The configuration with every filter merged in that selects the workload. A patch that {@link #problems} names has no
     * effect.
     *
     * @param base what the sidecar has without them; not changed
     * @param filters EnvoyFilter objects of any namespace, in any order
     */
    public static SidecarConfig merge(
            SidecarConfig base, String namespace, Map<String, String> labels, List<? extends JsonNode> filters) {
        SidecarConfig merged = base.copy();
        filters.stream()
                .filter(filter -> selects(filter, namespace, labels))
                .sorted(ISTIOD_ORDER)
                .forEach(filter -> filter.at("/spec/configPatches").forEach(patch -> {
                    if (problems(patch).isEmpty()) {
                        apply(patch, merged);
                    }
                }));
        return merged;
    }

    /** What of one entry of {@code configPatches} this control plane does not know; empty when it knows it all. */
    public static List<String> problems(JsonNode patch) {
        List<String> problems = new ArrayList<>();
        String applyTo = patch.path("applyTo").asText();
        if (!Set.of("HTTP_ROUTE", "NETWORK_FILTER").contains(applyTo)) {
            problems.add("applyTo: expected HTTP_ROUTE or NETWORK_FILTER, found " + applyTo);
        }
        String operation = patch.at("/patch/operation").asText();
        if (!operation.equals("MERGE")) {
            problems.add("patch.operation: expected MERGE, found " + operation);
        }
        leaves("", patch.path("match")).stream()
                .filter(leaf -> !MATCHES.contains(leaf))
                .forEach(leaf -> problems.add("match" + leaf.replace('/', '.') + " is not known here"));
        return problems;
    }

    private static boolean selects(JsonNode filter, String namespace, Map<String, String> labels) {
        if (!Set.of(ROOT_NAMESPACE, namespace).contains(namespace(filter))) {
            return false;
        }
        return filter.at("/spec/workloadSelector/labels").properties().stream()
                .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())));
    }

    private static void apply(JsonNode patch, SidecarConfig config) {
        JsonNode match = patch.path("match");
        JsonNode value = patch.at("/patch/value");
        for (Side side : Side.values()) {
            if (!side.isMeantBy(match.path("context").asText())) {
                continue;
            }
            if (patch.path("applyTo").asText().equals("HTTP_ROUTE")) {
                config.virtualHosts(side).stream()
                        .filter(host -> isHost(match.path("routeConfiguration"), host))
                        .forEach(host -> host.path("routes").forEach(route -> {
                            if (isOr(match.at("/routeConfiguration/vhost/route/name"), route.path("name"))) {
                                mergeInto((ObjectNode) route, value);
                            }
                        }));
            } else if (match.at("/listener/filterChain/filter/name")
                    .asText()
                    .equals(SidecarConfig.HTTP_CONNECTION_MANAGER)) {
                config.connectionManagers(side).forEach(manager -> mergeInto(manager, value.path("typed_config")));
            }
        }
    }

    private static boolean isHost(JsonNode wanted, JsonNode host) {
        JsonNode domain = wanted.at("/vhost/domainName");
        boolean domainFits = domain.isMissingNode();
        for (JsonNode offered : host.path("domains")) {
            domainFits |= offered.equals(domain);
        }
        boolean portFits = wanted.path("portNumber").isMissingNode()
                || host.path("name")
                        .asText()
                        .endsWith(":" + wanted.path("portNumber").asText());
        return domainFits && portFits && isOr(wanted.at("/vhost/name"), host.path("name"));
    }

    private static boolean isOr(JsonNode wanted, JsonNode found) {
        return wanted.isMissingNode() || wanted.equals(found);
    }

    /**
     * As protocol buffers merge: messages deeply, lists by appending, single values by replacing. Each entry of
     * {@code typed_per_filter_config} is a packed message and so replaced as a whole.
     */
    private static void mergeInto(ObjectNode target, JsonNode value) {
        value.properties().forEach(field -> {
            JsonNode old = target.path(field.getKey());
            JsonNode given = field.getValue();
            if (field.getKey().equals("typed_per_filter_config") && old.isObject()) {
                ((ObjectNode) old).setAll((ObjectNode) given.deepCopy());
            } else if (old.isObject() && given.isObject()) {
                mergeInto((ObjectNode) old, given);
            } else if (old.isArray() && given.isArray()) {
                ((ArrayNode) old).addAll((ArrayNode) given.deepCopy());
            } else {
                target.set(field.getKey(), given.deepCopy());
            }
        });
    }

    private static List<String> leaves(String path, JsonNode node) {
        if (!node.isObject()) {
            return path.isEmpty() ? List.of() : List.of(path);
        }
        List<String> leaves = new ArrayList<>();
        node.properties().forEach(field -> leaves.addAll(leaves(path + "/" + field.getKey(), field.getValue())));
        return leaves;
    }

    private static String namespace(JsonNode filter) {
        return filter.at("/metadata/namespace").asText();
    }
}
