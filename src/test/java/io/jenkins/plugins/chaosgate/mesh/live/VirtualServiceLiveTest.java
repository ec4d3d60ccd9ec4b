package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A VirtualService of the user's is after a gate what it was before, whatever happened in between. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class VirtualServiceLiveTest {

    private static final String OF_THE_USER =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: bookinfo}
            spec:
              hosts: [ratings]
              http:
              - name: testers
                match: [{headers: {end-user: {exact: jason}}}]
                fault: {delay: {fixedDelay: 7s, percentage: {value: 100}}}
                route: [{destination: {host: ratings, subset: v1}}]
              - name: everybody
                retries: {attempts: 2, perTryTimeout: 2s, retryOn: 5xx}
                timeout: 10s
                route:
                - {destination: {host: ratings, subset: v1}, weight: 90}
                - {destination: {host: ratings, subset: v1}, weight: 10, headers: {request: {set: {x-route: b}}}}
            """;
    private static final String ADD_A_ROUTE =
            """
            [{"op": "add", "path": "/spec/http/0", "value": {"name": "edited", "match": [{"uri": {"prefix": "/edited"}}],
              "route": [{"destination": {"host": "ratings"}}]}}]
            """;
    private static final String BY_VIRTUAL_SERVICE =
            Experiments.talk("v3").replace("faults:", "mechanism: virtualService\noverrideFault: true\nfaults:");

    private Load load;
    private JsonNode before;

    @BeforeEach
    void aVirtualService(FullBed bed) throws Exception {
        bed.client().resource(OF_THE_USER).create();
        before = object(bed);
        load = Mesh.load(bed);
        Mesh.await("traffic", () -> load.total() > 50);
    }

    @AfterEach
    void noVirtualService(FullBed bed) {
        load.close();
        resource(bed).delete();
    }

    private static Resource<GenericKubernetesResource> resource(FullBed bed) {
        return bed.client()
                .genericKubernetesResources(Mesh.VIRTUAL_SERVICE)
                .inNamespace(Mesh.NAMESPACE)
                .withName("ratings");
    }

    private static JsonNode object(FullBed bed) throws Exception {
        ObjectMapper json = new ObjectMapper();
        return json.readTree(json.writeValueAsString(resource(bed).get()));
    }

    private void assertUntouched(FullBed bed) throws Exception {
        JsonNode after = object(bed);
        assertThat(after.path("spec").toString()).isEqualTo(before.path("spec").toString());
        assertThat(after.at("/metadata/labels")).isEqualTo(before.at("/metadata/labels"));
        assertThat(after.at("/metadata/annotations")).isEqualTo(before.at("/metadata/annotations"));
    }

    @Test
    void aFaultOfTheUsersIsNotReplacedUnasked(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, Experiments.talk("v3"));
        assertThat(gate.exit()).as(gate.output()).isEqualTo(5);
        assertThat(gate.output()).contains("overrideFault");
        assertUntouched(bed);
    }

    @Test
    void theEnvoyFilterFormDoesNotTouchIt(FullBed bed) throws Exception {
        GateProcess gate =
                GateProcess.run(bed, Experiments.talk("v3").replace("faults:", "overrideFault: true\nfaults:"));
        assertThat(gate.exit()).as(gate.output()).isZero();
        assertThat(object(bed)).isEqualTo(before);
    }

    @Test
    void isTheSameAfterAGate(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, BY_VIRTUAL_SERVICE);
        assertThat(gate.exit()).as(gate.output()).isZero();
        assertThat(gate.report().at("/faults/0/proof/injectedRequests").asLong())
                .isPositive();
        assertThat(gate.report().at("/faults/0/object/kind").asText()).isEqualTo("VirtualService");
        assertUntouched(bed);
    }

    @Test
    void aHostWithoutOneGetsOneOfTheGatesOwnForAsLongAsItIsHurt(FullBed bed) throws Exception {
        resource(bed).delete();
        GateProcess gate =
                GateProcess.run(bed, Experiments.talk("v3").replace("faults:", "mechanism: virtualService\nfaults:"));
        assertThat(gate.exit()).as(gate.output()).isZero();
        assertThat(gate.report().at("/faults/0/object/name").asText()).startsWith("chaos-gate-");
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void isTheSameAfterAnAbortedGate(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, BY_VIRTUAL_SERVICE);
        Mesh.await("the fault", () -> gate.output().contains("fault is in"));
        assertThat(object(bed).path("spec").toString()).contains("chaos-gate-");
        gate.terminate();
        assertThat(gate.exit()).as(gate.output()).isEqualTo(130);
        assertUntouched(bed);
    }

    @Test
    void keepsWhatSomebodyEditedUnderTheGate(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, BY_VIRTUAL_SERVICE);
        Mesh.await("the fault", () -> gate.output().contains("fault is in"));
        edit(bed);
        // Whether the edit is a drift that ends the gate or not: what counts here is what it leaves.
        gate.exit();
        JsonNode after = object(bed).path("spec");
        resource(bed).delete();
        bed.client().resource(OF_THE_USER).create();
        edit(bed);
        assertThat(after.toString()).isEqualTo(object(bed).path("spec").toString());
    }

    private static void edit(FullBed bed) {
        resource(bed).patch(PatchContext.of(PatchType.JSON), ADD_A_ROUTE);
    }

    @Test
    void aKilledGatesRoutesAreSweptAndNothingElse(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, BY_VIRTUAL_SERVICE);
        Mesh.await("the fault", () -> gate.output().contains("fault is in"));
        gate.kill();
        Mesh.await("its end", () -> !gate.isAlive());
        GateProcess sweep = GateProcess.sweep(bed, "--namespace", Mesh.NAMESPACE);
        assertThat(sweep.exit()).as(sweep.output()).isZero();
        assertUntouched(bed);
    }
}
