package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.full.Part;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parts of the cluster that fail in the middle of a gate, and people who put their hands in. {@code -Dchaosgate.long=true}
 * adds what would take the ordinary run too long.
 */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class DisturbedLiveTest {

    private static final String GATE = Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}")
            .replace("faults:", "lease: 10s\nfaults:")
            .replace("missingData: 6s", "missingData: 15s")
            .replace("warmup: 3s", "warmup: 1s");

    private Load load;

    @BeforeEach
    void traffic(FullBed bed) throws Exception {
        load = Mesh.load(bed);
        Mesh.await("traffic", () -> load.total() > 50);
    }

    @AfterEach
    void none() {
        load.close();
    }

    private static GateProcess until(String line, FullBed bed, String experiment) throws Exception {
        GateProcess gate = GateProcess.run(bed, experiment);
        Mesh.await(line, () -> gate.output().contains(line));
        return gate;
    }

    private static void assertEnded(GateProcess gate, int status, String verdict) throws Exception {
        assertThat(gate.exit()).as(gate.output()).isEqualTo(status);
        assertThat(gate.report().path("verdict").asText()).as(gate.output()).isEqualTo(verdict);
    }

    // --- kube-controller-manager ---

    @Test
    void aGateNeedsNoControllersToTakeItsFaultOut(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        bed.kill(Part.CONTROLLERS);
        try {
            assertEnded(gate, 0, "PASSED");
            Mesh.assertNothingIsLeft(bed);
        } finally {
            bed.start(Part.CONTROLLERS);
        }
    }

    @Test
    @AtLength
    void aGuardActsAsSoonAsTheControllersAreBack(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE.replace("duration: 8s", "duration: 1m"));
        bed.kill(Part.CONTROLLERS);
        Instant killed = Instant.now();
        gate.kill();
        Mesh.await("the end of its lease", () -> Instant.now().isAfter(killed.plusSeconds(13)));
        assertThat(Mesh.faults(bed)).as("faults while nobody deletes them").hasSize(1);
        bed.start(Part.CONTROLLERS);
        Instant back = Instant.now();
        Mesh.await(
                "the fault's end",
                () -> Mesh.faults(bed).isEmpty() && Mesh.guards(bed).isEmpty());
        assertThat(Duration.between(back, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @AtLength
    void withoutControllersNoFaultGoesIn(FullBed bed) throws Exception {
        bed.kill(Part.CONTROLLERS);
        try {
            GateProcess gate = GateProcess.run(bed, GATE);
            assertEnded(gate, 3, "INCONCLUSIVE");
            assertThat(gate.report().path("reason").asText()).contains("kube-controller-manager");
            assertThat(gate.output()).doesNotContain("fault is in");
            Mesh.assertNothingIsLeft(bed);
        } finally {
            bed.start(Part.CONTROLLERS);
        }
    }

    // --- istiod ---

    @Test
    @AtLength
    void aFaultThatIstiodDoesNotHandOnIsNotProven(FullBed bed) throws Exception {
        bed.kill(Part.ISTIOD);
        try {
            GateProcess gate = GateProcess.run(bed, GATE.replace("missingData: 15s", "missingData: 5s"));
            assertEnded(gate, 3, "INCONCLUSIVE");
            assertThat(gate.report().path("reason").asText()).contains("no proxy reported a request that it hurt");
            Mesh.assertNothingIsLeft(bed);
        } finally {
            bed.start(Part.ISTIOD);
        }
    }

    @Test
    void aFaultThatStaysInTheProxiesIsNotCalledOut(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        bed.kill(Part.ISTIOD);
        try {
            Mesh.await("the object's end", () -> Mesh.faults(bed).isEmpty());
            Mesh.await("the word", () -> gate.output().contains("still hurt"));
            assertThat(gate.isAlive()).isTrue();
        } finally {
            bed.start(Part.ISTIOD);
        }
        assertEnded(gate, 0, "PASSED");
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    @AtLength
    void aFaultThatStaysInTheProxiesForGoodIsAFailedRollback(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        bed.kill(Part.ISTIOD);
        try {
            assertEnded(gate, 4, "ROLLBACK_FAILED");
            assertThat(gate.report().path("reason").asText()).contains("the proxies still hurt requests", "istiod");
        } finally {
            bed.start(Part.ISTIOD);
        }
    }

    // --- the API server ---

    @ParameterizedTest
    @CsvSource({"fault bites", "fault is out"})
    @AtLength
    void aGateStandsARestartOfTheApiServer(String line, FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        if (line.equals("fault is out")) {
            Mesh.await(
                    "the rollback",
                    () -> gate.output().contains(line) || Mesh.faults(bed).isEmpty());
        }
        bed.kill(Part.API);
        startApi(bed);
        assertEnded(gate, 0, "PASSED");
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void aRollbackWaitsForTheApiServer(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE.replace("lease: 10s", "lease: 1m"));
        bed.kill(Part.API);
        gate.terminate();
        Mesh.await("a failed attempt", () -> gate.output().contains("could not be taken out"));
        startApi(bed);
        assertEnded(gate, 130, "ABORTED");
        assertThat(gate.output()).contains("fault is out");
        Mesh.assertNothingIsLeft(bed);
    }

    /** Ready as it calls itself, it still has to load the kinds that others brought. */
    private static void startApi(FullBed bed) {
        bed.start(Part.API);
        Await.until("EnvoyFilters to be served", Duration.ofSeconds(20), () -> {
            Mesh.faults(bed);
            return true;
        });
    }

    // --- people ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fault | [{'op': 'replace', 'path': '/spec/configPatches/0/match/context', 'value': 'GATEWAY'}] | its spec was changed",
                "fault | [{'op': 'replace', 'path': '/metadata/labels/app.kubernetes.io~1managed-by', 'value': 'me'}] | no longer carries the labels"
            })
    @AtLength
    void whoeverEditsAnObjectOfAGateIsNamed(String which, String patch, String what, FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        Resource<GenericKubernetesResource> object = object(bed, which);
        object.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON)
                        .withFieldManager("somebody-else")
                        .build(),
                patch.replace('\'', '"'));
        assertEnded(gate, 3, "INCONCLUSIVE");
        assertThat(gate.report().path("reason").asText())
                .contains("the experiment was disturbed", what, "somebody-else");
        if (patch.contains("labels")) {
            // Nobody but a person can tell that it is ours; the cluster takes the fault along with its guard.
            object.delete();
        }
        Mesh.await(
                "the end of all",
                () -> Mesh.faults(bed).isEmpty() && Mesh.guards(bed).isEmpty());
    }

    @Test
    void aFaultThatSomebodyDeletesEndsTheGate(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        object(bed, "fault").delete();
        assertEnded(gate, 3, "INCONCLUSIVE");
        assertThat(gate.report().path("reason").asText()).contains("was removed by somebody else");
        Mesh.assertNothingIsLeft(bed);
    }

    /** The cluster keeps no trace of who removed something. */
    @Test
    @AtLength
    void aFaultThatIsTakenFromItsGuardEndsTheGate(FullBed bed) throws Exception {
        GateProcess gate = until("fault bites", bed, GATE);
        object(bed, "fault")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"remove\", \"path\": \"/metadata/ownerReferences\"}]");
        assertEnded(gate, 3, "INCONCLUSIVE");
        assertThat(gate.report().path("reason").asText()).contains("it was taken from its guard");
        Mesh.assertNothingIsLeft(bed);
    }

    private static Resource<GenericKubernetesResource> object(FullBed bed, String which) {
        return bed.client()
                .genericKubernetesResources(which.equals("fault") ? Mesh.ENVOY_FILTER : Mesh.JOB)
                .inNamespace(Mesh.NAMESPACE)
                .withName(Mesh.faults(bed).get(0).getMetadata().getName());
    }
}
