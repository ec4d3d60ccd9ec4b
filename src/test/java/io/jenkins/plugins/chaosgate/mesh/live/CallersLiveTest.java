package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers of the canary got decides, also where the canary's own proxy saw nothing of it. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class CallersLiveTest {

    private static final ResourceDefinitionContext WORKLOAD_ENTRY =
            Mesh.kind("networking.istio.io", "v1", "WorkloadEntry", "workloadentries");
    private static final ResourceDefinitionContext DESTINATION_RULE =
            Mesh.kind("networking.istio.io", "v1", "DestinationRule", "destinationrules");

    private static final String ALL_TO =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: bookinfo}
            spec:
              hosts: [reviews]
              http:
                - route: [{destination: {host: reviews, subset: %s}}]
            """;

    private static final String CALM =
            """
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: calm, namespace: bookinfo}
            spec:
              workloadSelector: {labels: {app: reviews, version: v3}}
              configPatches:
                - applyTo: HTTP_ROUTE
                  match:
                    context: SIDECAR_OUTBOUND
                    routeConfiguration: {vhost: {name: "ratings.bookinfo.svc.cluster.local:9080"}}
                  patch:
                    operation: MERGE
                    value:
                      typed_per_filter_config:
                        envoy.filters.http.fault:
                          "@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault
                          abort: {http_status: 500, percentage: {numerator: 0, denominator: HUNDRED}}
            """;

    /** Its watch is long enough for what happens in the middle of it. */
    private static String talk(String version) {
        return Experiments.talk(version)
                .replace("duration: 8s", "duration: 30s")
                .replace("warmup: 3s", "warmup: 6s")
                .replace("missingData: 6s", "missingData: 15s");
    }

    private static void assertViolated(GateProcess gate, String... reason) throws Exception {
        assertThat(gate.exit()).as(gate.output()).isEqualTo(1);
        assertThat(gate.report().path("reason").asText()).contains(reason);
    }

    @Test
    void anEndpointThatLeavesTheServiceCondemnsTheCanaryByItsCallersNumbers(FullBed bed) throws Exception {
        HasMetadata route = bed.client().resource(ALL_TO.formatted("v3")).create();
        var entry = bed.client()
                .genericKubernetesResources(WORKLOAD_ENTRY)
                .inNamespace(Mesh.NAMESPACE)
                .withName("reviews-v3");
        GenericKubernetesResource endpoint = entry.get();
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            GateProcess gate = GateProcess.run(bed, talk("v3"));
            awaitFault(gate);
            entry.delete();
            assertViolated(gate, "answered by no pod", "UH, no healthy endpoint");
            Mesh.assertNothingIsLeft(bed);
        } finally {
            endpoint.getMetadata().setResourceVersion(null);
            endpoint.getMetadata().setUid(null);
            bed.client().resource(endpoint).createOr(NonDeletingOperation::update);
            bed.client().resource(route).delete();
            awaitCalm(bed);
        }
    }

    @Test
    void requestsThatGoToOtherVersionsInsteadAreNoSignOfHealth(FullBed bed) throws Exception {
        var entry = bed.client()
                .genericKubernetesResources(WORKLOAD_ENTRY)
                .inNamespace(Mesh.NAMESPACE)
                .withName("reviews-v3");
        GenericKubernetesResource endpoint = entry.get();
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            GateProcess gate = GateProcess.run(
                    bed,
                    talk("v3")
                            .replace("warmup: 6s", "warmup: 15s")
                            .replace("duration: 30s", "duration: 1m")
                            .replace("missingData: 15s", "missingData: 30s"));
            awaitFault(gate);
            entry.delete();
            assertViolated(gate, "its requests went elsewhere");
            Mesh.assertNothingIsLeft(bed);
        } finally {
            endpoint.getMetadata().setResourceVersion(null);
            endpoint.getMetadata().setUid(null);
            bed.client().resource(endpoint).createOr(NonDeletingOperation::update);
            awaitCalm(bed);
        }
    }

    @Test
    void aCanaryThatOutlierDetectionEjectsIsCondemned(FullBed bed) throws Exception {
        HasMetadata route = bed.client().resource(ALL_TO.formatted("v2")).create();
        patchRule(
                bed,
                "{\"spec\": {\"trafficPolicy\": {\"outlierDetection\": {\"consecutive5xxErrors\": 5, \"interval\": \"1s\","
                        + " \"baseEjectionTime\": \"20s\", \"maxEjectionPercent\": 100}}}}");
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            GateProcess gate = GateProcess.run(bed, talk("v2"));
            assertViolated(gate, "failed requests of reviews");
            Mesh.assertNothingIsLeft(bed);
        } finally {
            patchRule(bed, "{\"spec\": {\"trafficPolicy\": null}}");
            bed.client().resource(route).delete();
            awaitCalm(bed);
        }
    }

    @Test
    void aCanaryWhoseProxyHangsDoesNotPass(FullBed bed) throws Exception {
        ProcessHandle proxy = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("envoy-reviews-v3.yaml")
                                && line.contains(bed.logs().getParent().toString()))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            GateProcess gate = GateProcess.run(bed, talk("v3"));
            awaitFault(gate);
            signal(proxy, "STOP");
            try {
                assertThat(gate.exit()).as(gate.output()).isIn(1, 3);
            } finally {
                signal(proxy, "CONT");
            }
            Mesh.await("the rollback", () -> Mesh.faults(bed).isEmpty());
        } finally {
            signal(proxy, "CONT");
            awaitCalm(bed);
        }
    }

    @Test
    void aFaultThatSomebodyMakesIneffectiveIsNoTest(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            GateProcess gate = GateProcess.run(bed, talk("v3"));
            awaitFault(gate);
            HasMetadata calm = bed.client().resource(CALM).create();
            try {
                assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
                assertThat(gate.report().path("reason").asText())
                        .containsAnyOf("EnvoyFilter bookinfo/calm", "the fault no longer works as it should");
            } finally {
                bed.client().resource(calm).delete();
            }
            Mesh.assertNothingIsLeft(bed);
        }
    }

    private static void awaitFault(GateProcess gate) throws Exception {
        Mesh.await(
                "the fault",
                () -> gate.output().contains("fault bites") || gate.output().contains("verdict"));
        assertThat(gate.output()).contains("fault bites");
    }

    private static void patchRule(FullBed bed, String patch) {
        bed.client()
                .genericKubernetesResources(DESTINATION_RULE)
                .inNamespace(Mesh.NAMESPACE)
                .withName("reviews")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private static void signal(ProcessHandle process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Later tests begin with a bed whose every version answers. */
    private static void awaitCalm(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("answers of all versions", () -> {
                int before = load.failures();
                int total = load.total();
                Mesh.await("more answers", () -> load.total() > total + 90);
                return load.failures() == before;
            });
        }
    }
}
