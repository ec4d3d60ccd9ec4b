package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What becomes of the canary's pod while all its requests go well. The bed's pods are objects without a kubelet: their status
 * is written as one would write it.
 */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class PodsLiveTest {

    private static final String GATE = Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}");
    private static final String POD = "reviews-v3-bed-1";

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

    private static PodResource pod(FullBed bed) {
        return bed.client().pods().inNamespace(Mesh.NAMESPACE).withName(POD);
    }

    private static void patchStatus(FullBed bed, String operations) {
        pod(bed).subresource("status").patch(PatchContext.of(PatchType.JSON), operations);
    }

    private static void setReady(FullBed bed, boolean ready) {
        // The fourth of its conditions is Ready.
        patchStatus(
                bed,
                "[{\"op\": \"replace\", \"path\": \"/status/conditions/3/status\", \"value\": \""
                        + (ready ? "True" : "False")
                        + "\"}, {\"op\": \"replace\", \"path\": \"/status/conditions/3/lastTransitionTime\", \"value\": \""
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\"}]");
    }

    private static GateProcess underFault(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, GATE);
        Mesh.await("the fault's first request", () -> gate.output().contains("fault bites"));
        return gate;
    }

    private static void assertEnded(FullBed bed, GateProcess gate, int status, String... words) throws Exception {
        assertThat(gate.exit()).as(gate.output()).isEqualTo(status);
        assertThat(gate.report().path("reason").asText()).as(gate.output()).contains(words);
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void aPodThatStaysAsItWasIsOneMemberAndIsReported(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, GATE);
        assertEnded(bed, gate, 0, "pods of the canary: restarts 0, ready 100 %");
        assertThat(gate.output()).contains("app=reviews,version=v3 (1 pod)");
        assertThat(gate.report().at("/pods/judged/0/name").asText()).isEqualTo(POD);
        assertThat(gate.report().at("/pods/judged/0/templateHash").asText()).isEqualTo("bed");
        assertThat(gate.report().at("/pods/judged/0/containers/0/image").asText())
                .isEqualTo("bookinfo/reviews:v3");
    }

    @Test
    void aRestartUnderTheFaultIsAViolation(FullBed bed) throws Exception {
        GateProcess gate = underFault(bed);
        patchStatus(
                bed,
                """
                [{"op": "replace", "path": "/status/containerStatuses/0/restartCount", "value": 1},
                 {"op": "add", "path": "/status/containerStatuses/0/lastState", "value":
                   {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": "%s"}}}]
                """
                        .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        try {
            assertEnded(bed, gate, 1, POD + " restarted (reviews: OOMKilled, exit code 137)", "limit 0 restarts");
        } finally {
            patchStatus(
                    bed,
                    "[{\"op\": \"replace\", \"path\": \"/status/containerStatuses/0/restartCount\", \"value\": 0},"
                            + " {\"op\": \"remove\", \"path\": \"/status/containerStatuses/0/lastState\"}]");
        }
    }

    @Test
    void aPodThatIsAwayForLessThanALookIsAViolation(FullBed bed) throws Exception {
        GateProcess gate = underFault(bed);
        setReady(bed, false);
        setReady(bed, true);
        assertEnded(bed, gate, 1, "0 of 1 ready, not " + POD);
    }

    @Test
    void anotherImageIsAnotherCanary(FullBed bed) throws Exception {
        GateProcess gate = underFault(bed);
        setImage(bed, "bookinfo/reviews:v4");
        try {
            assertEnded(bed, gate, 3, "the canary was replaced while it was watched", "reviews:v3", "reviews:v4");
        } finally {
            setImage(bed, "bookinfo/reviews:v3");
        }
    }

    private static void setImage(FullBed bed, String image) {
        pod(bed).patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"replace\", \"path\": \"/spec/containers/0/image\", \"value\": \"" + image
                                + "\"}]");
    }

    @Test
    void aPodThatIsDeletedIsNoCanaryAnyMore(FullBed bed) throws Exception {
        Pod before = pod(bed).get();
        GateProcess gate = underFault(bed);
        pod(bed).withGracePeriod(0).delete();
        try {
            assertEnded(bed, gate, 3, POD + " is gone");
        } finally {
            Pod again = new PodBuilder(before)
                    .editMetadata()
                    .withUid(null)
                    .withResourceVersion(null)
                    .endMetadata()
                    .build();
            bed.client().resource(again).create();
            bed.client().resource(again).patchStatus();
        }
    }

    @Test
    void aCanaryThatIsNotReadyIsRefused(FullBed bed) throws Exception {
        setReady(bed, false);
        try {
            GateProcess gate = GateProcess.run(bed, GATE);
            assertEnded(bed, gate, 5, POD + " of app=reviews,version=v3 is not ready");
            assertThat(gate.report().path("started").asBoolean()).isFalse();
        } finally {
            setReady(bed, true);
        }
    }
}
