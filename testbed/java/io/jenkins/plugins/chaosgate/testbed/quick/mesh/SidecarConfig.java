package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What one Envoy is given: arrays of Envoy's own {@code Listener}, {@code RouteConfiguration} and {@code Cluster}
 * messages as JSON, each with its {@code @type}. As in Istio the outbound routes are a resource of their own, so that they
 * change without a listener that drains, and the inbound ones are part of the listener.
 */
public record SidecarConfig(ArrayNode listeners, ArrayNode routes, ArrayNode clusters) {
    static final String HTTP_CONNECTION_MANAGER = "envoy.filters.network.http_connection_manager";

    /** A copy that can be changed without changing this one. */
    public SidecarConfig copy() {
        return new SidecarConfig(listeners.deepCopy(), routes.deepCopy(), clusters.deepCopy());
    }

    /** The virtual hosts of one side: for calls that the workload makes, or for those that it receives. */
    List<ObjectNode> virtualHosts(Side side) {
        List<ObjectNode> hosts = new ArrayList<>();
        if (side == Side.OUTBOUND) {
            routes.forEach(table -> table.path("virtual_hosts").forEach(host -> hosts.add((ObjectNode) host)));
        } else {
            connectionManagers(side).forEach(manager -> manager.path("route_config")
                    .path("virtual_hosts")
                    .forEach(host -> hosts.add((ObjectNode) host)));
        }
        return hosts;
    }

    /** The configurations of the HTTP connection managers of one side. */
    List<ObjectNode> connectionManagers(Side side) {
        List<ObjectNode> managers = new ArrayList<>();
        for (JsonNode listener : listeners) {
            if (listener.path("traffic_direction").asText().equals(side.name())) {
                listener.path("filter_chains")
                        .forEach(chain -> chain.path("filters").forEach(filter -> {
                            if (filter.path("name").asText().equals(HTTP_CONNECTION_MANAGER)) {
                                managers.add((ObjectNode) filter.path("typed_config"));
                            }
                        }));
            }
        }
        return managers;
    }

    /** The two sides of a sidecar, with Envoy's names for the directions of traffic. */
    enum Side {
        INBOUND,
        OUTBOUND;

        /** Whether an EnvoyFilter's {@code match.context} means this side. */
        boolean isMeantBy(String context) {
            return context.isEmpty() || context.equals("ANY") || context.equals("SIDECAR_" + name());
        }
    }
}
