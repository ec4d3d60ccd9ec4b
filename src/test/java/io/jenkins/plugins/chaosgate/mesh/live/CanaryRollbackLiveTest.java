package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A canary that breaks goes back to the revision before, on a real API server and under its defaults. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class CanaryRollbackLiveTest {

    private static final String NAME = "reviews-v2";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private static Deployment deployment(FullBed bed) {
        return bed.client()
                .apps()
                .deployments()
                .inNamespace(Mesh.NAMESPACE)
                .withName(NAME)
                .get();
    }

    private static String image(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    /** No controller of Deployments runs on the bed, so revisions are written by hand, as it would. */
    private static void giveRevisions(FullBed bed) {
        Deployment deployment = deployment(bed);
        bed.client().resource(deployment).edit(found -> {
            found.getMetadata().setAnnotations(Map.of(REVISION, "2"));
            return found;
        });
        ReplicaSet current = bed.client().apps().replicaSets().inNamespace(Mesh.NAMESPACE).list().getItems().stream()
                .filter(set -> set.getMetadata().getOwnerReferences().stream().anyMatch(owner -> owner.getUid()
                        .equals(deployment.getMetadata().getUid())))
                .findFirst()
                .orElseThrow();
        bed.client().resource(current).edit(found -> {
            found.getMetadata().setAnnotations(Map.of(REVISION, "2"));
            return found;
        });
        Map<String, String> labels =
                new HashMap<>(current.getSpec().getSelector().getMatchLabels());
        labels.put("pod-template-hash", "before");
        ReplicaSet before = new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(NAME + "-before")
                .withNamespace(Mesh.NAMESPACE)
                .withAnnotations(Map.of(REVISION, "1"))
                .withOwnerReferences(current.getMetadata().getOwnerReferences())
                .endMetadata()
                .withSpec(current.getSpec())
                .build();
        before.getSpec().setReplicas(0);
        before.getSpec().getSelector().setMatchLabels(labels);
        before.getSpec().getTemplate().getMetadata().setLabels(labels);
        before.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("bookinfo/reviews:before");
        bed.client().resource(before).create();
    }

    @Test
    void aDeploymentGoesBackToTheRevisionBefore(FullBed bed) throws Exception {
        giveRevisions(bed);
        Deployment was = deployment(bed);
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.run(
                    bed,
                    """
                    name: reviews survives a ratings outage, or goes back
                    target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
                    faults: [httpAbort: {to: ratings, status: 500}]
                    steadyState: [failedRequests: {of: reviews, max: 10, per: 1m}]
                    watch: {warmup: 10s, duration: 1m, interval: 1s}
                    canaryRollback: undoDeployment
                    """);

            assertThat(gate.exit()).as(gate.output()).isEqualTo(1);
            assertThat(gate.output())
                    .contains("rolled back: Deployment bookinfo/reviews-v2 to revision 1")
                    .contains("kubectl rollout undo deployment/reviews-v2 --namespace bookinfo --to-revision=2");
            JsonNode step = gate.report().at("/canaryRollback/steps/0");
            assertThat(step.path("done").asBoolean()).as(gate.output()).isTrue();
        }
        Deployment is = deployment(bed);
        assertThat(image(is)).isEqualTo("bookinfo/reviews:before");
        assertThat(is.getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(was.getSpec().getTemplate().getMetadata().getLabels());
        assertThat(is.getSpec().getReplicas()).isEqualTo(was.getSpec().getReplicas());
        Mesh.assertNothingIsLeft(bed);
    }
}
