package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.testbed.quick.mesh.SidecarConfig.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names that gates and metrics rely on are those of istiod. */
class SidecarsTest {
    private final SidecarConfig config = Configs.reviewsV2();

    @Test
    void virtualHostsAreNamedByServiceAndPort() {
        assertThat(config.virtualHosts(Side.OUTBOUND))
                .extracting(host -> host.path("name").asText())
                .containsExactly(
                        "productpage.bookinfo.svc.cluster.local:9080",
                        "reviews.bookinfo.svc.cluster.local:9080",
                        "ratings.bookinfo.svc.cluster.local:9080",
                        "details.bookinfo.svc.cluster.local:9080",
                        "block_all");
        assertThat(config.virtualHosts(Side.INBOUND))
                .extracting(host -> host.path("name").asText())
                .containsExactly("inbound|http|9080");
    }

    @Test
    void clustersAreNamedByDirectionPortSubsetAndHost() {
        assertThat(config.clusters())
                .extracting(cluster -> cluster.path("name").asText())
                .containsExactly(
                        "inbound|9080||",
                        "outbound|9080||productpage.bookinfo.svc.cluster.local",
                        "outbound|9080||reviews.bookinfo.svc.cluster.local",
                        "outbound|9080||ratings.bookinfo.svc.cluster.local",
                        "outbound|9080||details.bookinfo.svc.cluster.local");
    }

    @Test
    void aServiceHasAnEndpointForEachOfItsVersionsThatSaysWhichItIs() {
        JsonNode endpoints = config.clusters().get(2).at("/load_assignment/endpoints/0/lb_endpoints");
        assertThat(endpoints)
                .extracting(endpoint ->
                        endpoint.at("/metadata/filter_metadata/istio/workload").asText())
                .containsExactly(
                        "reviews-v1;bookinfo;reviews;v1;Kubernetes",
                        "reviews-v2;bookinfo;reviews;v2;Kubernetes",
                        "reviews-v3;bookinfo;reviews;v3;Kubernetes");
    }

    @Test
    void everyRouteLeadsToAClusterThatIsThere() {
        List<String> clusters = new ArrayList<>();
        config.clusters().forEach(cluster -> clusters.add(cluster.path("name").asText()));
        for (Side side : Side.values()) {
            for (ObjectNode host : config.virtualHosts(side)) {
                if (!host.path("name").asText().equals("block_all")) {
                    assertThat(clusters)
                            .contains(host.at("/routes/0/route/cluster").asText());
                }
            }
        }
    }

    @Test
    void everyListenerHasTheFaultFilterBeforeTheRouter() {
        for (Side side : Side.values()) {
            assertThat(config.connectionManagers(side)).singleElement().satisfies(manager -> assertThat(
                            manager.path("http_filters"))
                    .extracting(filter -> filter.path("name").asText())
                    .containsExactly("envoy.filters.http.fault", "envoy.filters.http.router"));
        }
    }

    @Test
    void outboundRoutesAreInAFileOfTheirOwn() {
        assertThat(config.connectionManagers(Side.OUTBOUND).get(0).at("/rds/config_source/path_config_source/path"))
                .hasToString("\"/bed/routes.json\"");
    }
}
