package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvoyFiltersTest {
    private static final Map<String, String> CANARY = Map.of("app", "reviews", "version", "v2");
    private static final String FAULT = "/typed_per_filter_config/envoy.filters.http.fault";

    private final SidecarConfig base = Configs.reviewsV2();

    @Test
    void mergesAFaultIntoTheRoutesOfOneService() {
        SidecarConfig merged =
                merge(filter("bookinfo", "f", "app: reviews, version: v2", "SIDECAR_OUTBOUND", "ratings"));
        assertThat(route(merged, "ratings").at(FAULT + "/abort/http_status").asInt())
                .isEqualTo(500);
        assertThat(route(merged, "ratings").at("/route/cluster"))
                .isEqualTo(route(base, "ratings").at("/route/cluster"));
        assertThat(route(merged, "details")).isEqualTo(route(base, "details"));
        assertThat(merged.listeners()).isEqualTo(base.listeners());
        assertThat(merged.clusters()).isEqualTo(base.clusters());
    }

    @Test
    void changesNothingOfWhatItIsGiven() {
        SidecarConfig before = base.copy();
        merge(filter("bookinfo", "f", "app: reviews", "ANY", "ratings"));
        assertThat(base).isEqualTo(before);
    }

    @Test
    void touchesOnlyWorkloadsWithAllOfTheLabels() {
        assertThat(merge(filter("bookinfo", "f", "app: reviews, version: v3", "SIDECAR_OUTBOUND", "ratings")))
                .isEqualTo(base);
        assertThat(merge(filter("bookinfo", "f", "tier: front", "SIDECAR_OUTBOUND", "ratings")))
                .isEqualTo(base);
        assertThat(merge(filter("elsewhere", "f", "app: reviews", "SIDECAR_OUTBOUND", "ratings")))
                .isEqualTo(base);
    }

    @Test
    void aFilterOfTheRootNamespaceIsForEveryWorkloadAndComesFirst() {
        JsonNode root = filter("istio-system", "z", "", "SIDECAR_OUTBOUND", "ratings");
        JsonNode own = yaml(
                filterText("bookinfo", "a", "", "SIDECAR_OUTBOUND", "ratings").replace("500", "418"));
        assertThat(route(merge(root), "ratings")
                        .at(FAULT + "/abort/http_status")
                        .asInt())
                .isEqualTo(500);
        assertThat(route(merge(own, root), "ratings")
                        .at(FAULT + "/abort/http_status")
                        .asInt())
                .isEqualTo(418);
    }

    @Test
    void theNewerOfTwoWinsAndReplacesTheWholeFault() {
        JsonNode older = yaml(filterText("bookinfo", "z", "", "SIDECAR_OUTBOUND", "ratings")
                .replace("name: z", "name: z, creationTimestamp: '2026-01-01T00:00:00Z'"));
        JsonNode newer = yaml(filterText("bookinfo", "a", "", "SIDECAR_OUTBOUND", "ratings")
                .replace("name: a", "name: a, creationTimestamp: '2026-01-01T00:00:09Z'")
                .replace("abort: {http_status: 500}", "delay: {fixed_delay: 2s}"));
        JsonNode fault = route(merge(newer, older), "ratings").at(FAULT);
        assertThat(fault.has("abort")).isFalse();
        assertThat(fault.at("/delay/fixed_delay").asText()).isEqualTo("2s");
    }

    @Test
    void aPriorityComesBeforeTheAge() {
        JsonNode late = yaml(filterText("bookinfo", "a", "", "SIDECAR_OUTBOUND", "ratings")
                .replace("spec:", "spec:\n  priority: 10")
                .replace("500", "418"));
        JsonNode newer = yaml(filterText("bookinfo", "b", "", "SIDECAR_OUTBOUND", "ratings")
                .replace("name: b", "name: b, creationTimestamp: '2026-01-01T00:00:00Z'"));
        assertThat(route(merge(late, newer), "ratings")
                        .at(FAULT + "/abort/http_status")
                        .asInt())
                .isEqualTo(418);
    }

    @Test
    void anInboundFaultIsInTheListener() {
        JsonNode filter = yaml(filterText("bookinfo", "f", "", "SIDECAR_INBOUND", "ratings")
                .replace("ratings.bookinfo.svc.cluster.local:9080", "inbound|http|9080"));
        SidecarConfig merged = merge(filter);
        assertThat(merged.routes()).isEqualTo(base.routes());
        assertThat(merged.listeners().toString()).contains("\"http_status\":500");
        assertThat(merged.listeners().get(0)).isEqualTo(base.listeners().get(0));
    }

    @Test
    void aContextOfTheOtherSideHasNoEffect() {
        assertThat(merge(filter("bookinfo", "f", "", "SIDECAR_INBOUND", "ratings")))
                .isEqualTo(base);
        assertThat(merge(filter("bookinfo", "f", "", "GATEWAY", "ratings"))).isEqualTo(base);
    }

    @Test
    void findsAHostByItsDomainAndPort() {
        String byDomain = filterText("bookinfo", "f", "", "SIDECAR_OUTBOUND", "ratings")
                .replace("name: \"ratings.bookinfo.svc.cluster.local:9080\"", "domainName: ratings");
        assertThat(route(merge(yaml(byDomain)), "ratings").has("typed_per_filter_config"))
                .isTrue();
        assertThat(route(merge(yaml(byDomain)), "details").has("typed_per_filter_config"))
                .isFalse();
        assertThat(merge(yaml(byDomain.replace("domainName: ratings", "domainName: reports"))))
                .isEqualTo(base);
        assertThat(merge(yaml(byDomain.replace("routeConfiguration: {", "routeConfiguration: {portNumber: 8080, "))))
                .isEqualTo(base);
    }

    @Test
    void aRouteNamePicksTheRoute() {
        String named = filterText("bookinfo", "f", "", "SIDECAR_OUTBOUND", "ratings")
                .replace("cluster.local:9080\"", "cluster.local:9080\", route: {name: default}");
        assertThat(route(merge(yaml(named)), "ratings").has("typed_per_filter_config"))
                .isTrue();
        assertThat(merge(yaml(named.replace("default", "canary")))).isEqualTo(base);
    }

    @Test
    void withoutAHostEveryServiceIsHit() {
        JsonNode everywhere = yaml(filterText("bookinfo", "f", "", "SIDECAR_OUTBOUND", "ratings")
                .replaceAll("routeConfiguration: .*", "routeConfiguration: {vhost: {}}"));
        SidecarConfig merged = merge(everywhere);
        assertThat(route(merged, "ratings").has("typed_per_filter_config")).isTrue();
        assertThat(route(merged, "details").has("typed_per_filter_config")).isTrue();
    }

    @Test
    void listsAreAppendedToAsInProtocolBuffers() {
        JsonNode logs = yaml(
                """
                        metadata: {name: logs, namespace: istio-system}
                        spec:
                          configPatches:
                          - applyTo: NETWORK_FILTER
                            match:
                              context: SIDECAR_OUTBOUND
                              listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager}}}
                            patch: {operation: MERGE, value: {typed_config: {access_log: [{name: one}]}}}
                        """);
        SidecarConfig merged = EnvoyFilters.merge(base, "bookinfo", CANARY, List.of(logs, logs));
        assertThat(merged.connectionManagers(SidecarConfig.Side.OUTBOUND).get(0).path("access_log"))
                .hasSize(2);
        assertThat(merged.connectionManagers(SidecarConfig.Side.INBOUND))
                .isEqualTo(base.connectionManagers(SidecarConfig.Side.INBOUND));
    }

    @Test
    void whatItDoesNotKnowHasNoEffectAndIsNamed() {
        String text = filterText("bookinfo", "f", "", "SIDECAR_OUTBOUND", "ratings");
        for (String unknown : List.of(
                text.replace("HTTP_ROUTE", "CLUSTER"),
                text.replace("MERGE", "INSERT_FIRST"),
                text.replace(
                        "context: SIDECAR_OUTBOUND",
                        "context: SIDECAR_OUTBOUND\n      proxy: {proxyVersion: '1.9'}"))) {
            assertThat(EnvoyFilters.problems(yaml(unknown).at("/spec/configPatches/0")))
                    .hasSize(1);
            assertThat(merge(yaml(unknown))).isEqualTo(base);
        }
        assertThat(EnvoyFilters.problems(yaml(text).at("/spec/configPatches/0")))
                .isEmpty();
    }

    private SidecarConfig merge(JsonNode... filters) {
        return EnvoyFilters.merge(base, "bookinfo", CANARY, List.of(filters));
    }

    private static JsonNode route(SidecarConfig config, String service) {
        return config.virtualHosts(SidecarConfig.Side.OUTBOUND).stream()
                .filter(host -> host.path("name").asText().startsWith(service + "."))
                .findFirst()
                .orElseThrow()
                .at("/routes/0");
    }

    private static JsonNode filter(String namespace, String name, String labels, String context, String service) {
        return yaml(filterText(namespace, name, labels, context, service));
    }

    private static String filterText(String namespace, String name, String labels, String context, String service) {
        return """
        metadata: {name: %s, namespace: %s}
        spec:
          workloadSelector: {labels: {%s}}
          configPatches:
          - applyTo: HTTP_ROUTE
            match:
              context: %s
              routeConfiguration: {vhost: {name: "%s.bookinfo.svc.cluster.local:9080"}}
            patch:
              operation: MERGE
              value: {typed_per_filter_config: {envoy.filters.http.fault: {abort: {http_status: 500}}}}
        """
                .formatted(name, namespace, labels, context, service);
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal(text, JsonNode.class);
    }
}
