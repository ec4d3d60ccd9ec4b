package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.process.Template;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a sidecar is given before any EnvoyFilter: the listeners, routes and clusters that istiod makes for a workload of
 * Bookinfo, with istiod's names; pure functions. Where a cluster intercepts a program's calls, this bed has a listener that
 * the program calls.
 */
public final class Sidecars {

    private static final String LISTENER =
            """
            "@type": type.googleapis.com/envoy.config.listener.v3.Listener
            name: "@ADDRESS@_9080"
            traffic_direction: @SIDE@
            address: {socket_address: {address: @ADDRESS@, port_value: 9080}}
            filter_chains:
            - filters:
              - name: envoy.filters.network.http_connection_manager
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: "@PREFIX@_@ADDRESS@_9080;"
                  http_filters:
                  - name: envoy.filters.http.fault
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault}
                  - name: envoy.filters.http.router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                  @ROUTES@
            """;

    private static final String OUTBOUND_ROUTES =
            "rds: {route_config_name: '9080', config_source: {path_config_source: {path: '@FILE@'}}}";

    private static final String INBOUND_ROUTES =
            """
            route_config: {name: "inbound|9080||", virtual_hosts: [{name: "inbound|http|9080", domains: ["*"], \
            routes: [{name: default, match: {prefix: /}, route: {cluster: "inbound|9080||", timeout: 0s}}]}]}""";

    /** As in a mesh that lets no call out to what it does not know. */
    private static final String ROUTE_TABLE =
            """
            "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
            name: "9080"
            ignore_port_in_host_matching: true
            virtual_hosts:
            @HOSTS@
            - {name: block_all, domains: ["*"], routes: [{name: block_all, match: {prefix: /}, direct_response: {status: 502}}]}
            """;

    private static final String VIRTUAL_HOST =
            """
            - name: "@FQDN@:9080"
              domains: ["@FQDN@", "@SERVICE@", "@SERVICE@.bookinfo.svc", "@SERVICE@.bookinfo"]
              routes:
              - name: default
                match: {prefix: /}
                route:
                  cluster: "outbound|9080||@FQDN@"
                  timeout: 0s
                  retry_policy: {num_retries: 2, retry_on: "connect-failure,refused-stream,unavailable,cancelled"}
            """;

    private static final String CLUSTER =
            """
            "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
            name: "@NAME@"
            alt_stat_name: "@NAME@;"
            type: STATIC
            connect_timeout: 10s
            load_assignment:
              cluster_name: "@NAME@"
              endpoints:
              - lb_endpoints:
            @ENDPOINTS@
            """;

    private static final String ENDPOINT =
            """
                - endpoint: {address: {socket_address: {address: @ADDRESS@, port_value: @PORT@}}}
                  metadata: {filter_metadata: {istio: {workload: "@WORKLOAD@;bookinfo;@SERVICE@;@VERSION@;Kubernetes"}}}
            """;

    private Sidecars() {}

    /**
     * The configuration of one workload's sidecar.
     *
     * @param routesFile the absolute path of the file in which its Envoy finds the outbound routes
     */
    public static SidecarConfig of(Workload workload, List<Workload> all, Addresses addresses, String routesFile) {
        List<String> services = all.stream().map(Workload::service).distinct().toList();
        ArrayNode clusters = array(inboundCluster(workload, addresses));
        services.forEach(service -> clusters.add(outboundCluster(service, all, addresses)));
        return new SidecarConfig(
                array(
                        listener("OUTBOUND", addresses.egress(workload), OUTBOUND_ROUTES.replace("@FILE@", routesFile)),
                        listener("INBOUND", addresses.workload(workload), INBOUND_ROUTES)),
                array(routeTable(services)),
                clusters);
    }

    private static JsonNode listener(String side, String address, String routes) {
        return yaml(
                LISTENER,
                Map.of("SIDE", side, "PREFIX", side.toLowerCase(Locale.ROOT), "ADDRESS", address, "ROUTES", routes));
    }

    private static JsonNode routeTable(List<String> services) {
        String hosts = services.stream()
                .map(service -> Template.fill(VIRTUAL_HOST, Map.of("SERVICE", service, "FQDN", fqdn(service))))
                .collect(Collectors.joining());
        return yaml(ROUTE_TABLE, Map.of("HOSTS", hosts.stripTrailing()));
    }

    private static JsonNode outboundCluster(String service, List<Workload> all, Addresses addresses) {
        String endpoints = all.stream()
                .filter(workload -> workload.service().equals(service))
                .map(workload ->
                        endpoint(workload, new InetSocketAddress(addresses.workload(workload), Addresses.MESH_PORT)))
                .collect(Collectors.joining());
        return cluster("outbound|9080||" + fqdn(service), endpoints);
    }

    private static JsonNode inboundCluster(Workload workload, Addresses addresses) {
        return cluster("inbound|9080||", endpoint(workload, addresses.program(workload)));
    }

    private static JsonNode cluster(String name, String endpoints) {
        return yaml(CLUSTER, Map.of("NAME", name, "ENDPOINTS", endpoints.stripTrailing()));
    }

    private static String endpoint(Workload workload, InetSocketAddress address) {
        return Template.fill(
                ENDPOINT,
                Map.of(
                        "ADDRESS", address.getHostString(),
                        "PORT", address.getPort(),
                        "WORKLOAD", workload.name(),
                        "SERVICE", workload.service(),
                        "VERSION", workload.version()));
    }

    private static String fqdn(String service) {
        return service + "." + Bookinfo.NAMESPACE + ".svc.cluster.local";
    }

    private static JsonNode yaml(String template, Map<String, String> values) {
        return Serialization.unmarshal(Template.fill(template, values), JsonNode.class);
    }

    private static ArrayNode array(JsonNode... items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            array.add(item);
        }
        return array;
    }
}
