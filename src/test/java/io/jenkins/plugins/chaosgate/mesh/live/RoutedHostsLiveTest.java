package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service that callers name is routed to others, as Flagger does it and Argo Rollouts with splits of hosts. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class RoutedHostsLiveTest {

    private static final String SPLIT =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: ratings-primary, namespace: bookinfo}
            spec: {selector: {app: ratings}, ports: [{name: http, port: 9080, targetPort: 9080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ratings-canary, namespace: bookinfo}
            spec: {selector: {app: ratings}, ports: [{name: http, port: 9080, targetPort: 9080}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: bookinfo}
            spec:
              hosts: [ratings]
              http:
              - route:
                - {destination: {host: ratings-primary}, weight: 90}
                - {destination: {host: ratings-canary}, weight: 10}
            ---
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: tenant-header, namespace: bookinfo}
            spec:
              configPatches:
              - applyTo: HTTP_FILTER
                match:
                  context: SIDECAR_OUTBOUND
                  listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager,
                                                    subFilter: {name: envoy.filters.http.fault}}}}
                patch:
                  operation: INSERT_BEFORE
                  value:
                    name: envoy.filters.http.lua
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
                      default_source_code: {inline_string: "function envoy_on_request(h) end"}
            """;

    private final List<HasMetadata> made = new ArrayList<>();

    @AfterEach
    void remove(FullBed bed) {
        made.forEach(object -> bed.client().resource(object).delete());
        made.clear();
    }

    @Test
    void aFaultIsProvenWhereCallsEnd(FullBed bed) throws Exception {
        bed.client()
                .load(new ByteArrayInputStream(SPLIT.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> made.add(bed.client().resource(object).create()));
        try (Load load = Mesh.load(bed)) {
            Mesh.await(
                    "calls that end at ratings-primary",
                    () -> Mesh.query(
                                    bed,
                                    "sum(istio_requests_total{reporter=\"source\",source_version=\"v3\","
                                            + "destination_service_name=\"ratings-primary\"}) or vector(0)")
                            > 5);
            GateProcess gate = GateProcess.run(
                    bed, Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}"));
            assertThat(gate.exit()).as(gate.output()).isZero();
            assertThat(gate.report().at("/faults/0/proof/injectedRequests").asLong())
                    .as(gate.output())
                    .isPositive();
            assertThat(load.total()).isPositive();
        }
        remove(bed);
        Mesh.assertNothingIsLeft(bed);
    }
}
