package io.jenkins.plugins.chaosgate.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.MockResponse;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback.Kind;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding.State;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A canary's Deployment goes back to the revision before, or to no pods, and nothing else of it changes. */
class DeploymentWaysTest {

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private ObjectNode deployment() {
        return shop.get(Types.DEPLOYMENT, "reviews-v2");
    }

    private String image() {
        return deployment().at("/spec/template/spec/containers/0/image").asText();
    }

    @Test
    void theRevisionBeforeComesBack() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        assertThat(step.words()).isEqualTo("Deployment bookinfo/reviews-v2 to revision 3");
        assertThat(step.commands())
                .containsExactly("kubectl rollout undo deployment/reviews-v2 --namespace bookinfo --to-revision=3");
        assertThat(step.undoCommands())
                .containsExactly("kubectl rollout undo deployment/reviews-v2 --namespace bookinfo --to-revision=4");
        assertThat(shop.look(step).state()).isEqualTo(State.OPEN);
        ObjectNode before = deployment();

        assertThat(shop.carryOut(step).isBack()).isTrue();

        assertThat(image()).isEqualTo("reviews:good");
        assertThat(deployment().at("/spec/template/metadata/labels").has("pod-template-hash"))
                .isFalse();
        ((ObjectNode) before.path("spec")).remove("template");
        ObjectNode after = deployment();
        ((ObjectNode) after.path("spec")).remove("template");
        assertThat(after.path("spec")).isEqualTo(before.path("spec"));
        assertThat(after.at("/metadata/annotations")).isEqualTo(before.at("/metadata/annotations"));
    }

    @Test
    void theTextOfAPodTemplateIsInNoStep() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        assertThat(step.change().body()).contains("reviews:bad -> reviews:good").doesNotContain("s3cret");
    }

    @Test
    void anotherProcessGoesOnWithWhatTheJournalHas() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        ClusterCanaryKeeper other = new ClusterCanaryKeeper(shop.cluster.cluster(), Runnable::run);
        assertThat(other.read(step.change())).isEqualTo(step);
        assertThat(other.carryOut(step.change()).toCompletableFuture().join().isBack())
                .isTrue();
    }

    @Test
    void aDryRunChangesNothing() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.keeper.dryRun(step.change()).toCompletableFuture().join();
        assertThat(image()).isEqualTo("reviews:bad");
        assertThat(shop.cluster.requests).anyMatch(request -> request.contains("dryRun=All"));
    }

    @Test
    void itIsDoneOnceHoweverOftenItIsAsked() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.carryOut(step);
        shop.carryOut(step);
        assertThat(shop.patches()).isEqualTo(1);
    }

    @Test
    void thePodsAreFollowed() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.carryOut(step);
        shop.set(Types.DEPLOYMENT, "reviews-v2", "/status", "{}");
        assertThat(shop.look(step)).isEqualTo(new CanaryStanding(State.ASKED, "its controller has not followed yet"));
        shop.set(
                Types.DEPLOYMENT,
                "reviews-v2",
                "/status",
                "{\"observedGeneration\":8,\"replicas\":3,\"updatedReplicas\":1}");
        assertThat(shop.look(step)).isEqualTo(new CanaryStanding(State.ASKED, "1 of 2 pods replaced"));
        shop.set(
                Types.DEPLOYMENT,
                "reviews-v2",
                "/status",
                "{\"observedGeneration\":8,\"replicas\":2,\"updatedReplicas\":2}");
        assertThat(shop.look(step)).isEqualTo(new CanaryStanding(State.DONE, "2 of 2 pods replaced"));
    }

    @Test
    void whatSomebodyElseDeployedMeanwhileIsLeftAlone() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.set(Types.DEPLOYMENT, "reviews-v2", "/spec/template/spec/containers/0/image", "\"reviews:newer\"");
        long before = shop.patches();
        CanaryStanding standing = shop.carryOut(step);
        assertThat(standing.state()).isEqualTo(State.FOREIGN);
        assertThat(standing.detail()).contains("no longer as preflight saw it");
        assertThat(image()).isEqualTo("reviews:newer");
        assertThat(shop.patches()).isEqualTo(before);
    }

    @Test
    void somebodyWhoIsFasterBetweenLookAndPatchWins() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        boolean[] raced = {false};
        shop.cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH") && !raced[0]) {
                raced[0] = true;
                shop.race("/spec/template/spec/containers/0/image", "\"reviews:newer\"");
            }
            return Optional.empty();
        });
        assertThat(shop.carryOut(step).state()).isEqualTo(State.FOREIGN);
        assertThat(image()).isEqualTo("reviews:newer");
        assertThat(raced[0]).isTrue();
    }

    @Test
    void whatDoesNotConcernItIsNoHindrance() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        boolean[] raced = {false};
        shop.cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH") && !raced[0]) {
                raced[0] = true;
                shop.race("/status/readyReplicas", "1");
            }
            return Optional.empty();
        });
        assertThat(shop.carryOut(step).isBack()).isTrue();
        assertThat(image()).isEqualTo("reviews:good");
    }

    @Test
    void aLostAnswerChangesNothingTwice() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        boolean[] lost = {false};
        shop.cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH") && !lost[0]) {
                lost[0] = true;
                shop.cluster.really(request);
                return Optional.of(TestCluster.refusal(500, "the answer is lost"));
            }
            return Optional.empty();
        });
        assertThat(shop.carryOut(step).isBack()).isTrue();
        assertThat(image()).isEqualTo("reviews:good");
    }

    @Test
    void aRefusalIsSaid() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.cluster.answerFirst(request -> request.getMethod().equals("PATCH")
                ? Optional.<MockResponse>of(TestCluster.refusal(403, "a policy says no"))
                : Optional.empty());
        assertThatThrownBy(() -> shop.carryOut(step))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("could not patch Deployment bookinfo/reviews-v2")
                .hasMessageContaining("a policy says no");
    }

    @Test
    void aDeploymentThatWasMadeAnewIsLeftAlone() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.delete(Types.DEPLOYMENT, "reviews-v2");
        assertThat(shop.carryOut(step))
                .isEqualTo(new CanaryStanding(State.FOREIGN, "Deployment bookinfo/reviews-v2 is gone"));
        shop.cluster.with(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: reviews-v2, namespace: bookinfo, uid: other}}");
        assertThat(shop.carryOut(step).detail()).startsWith("it was deleted and made anew");
    }

    @Test
    void aRevisionThatIsGoneCannotComeBack() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.delete(Types.REPLICA_SET, "reviews-v2-3");
        assertThatThrownBy(() -> shop.carryOut(step)).hasMessageContaining("roll back by hand");
    }

    @Test
    void aDeploymentWithoutARevisionBeforeIsRefused() {
        shop.withDeployment().delete(Types.REPLICA_SET, "reviews-v2-3");
        assertThat(shop.errors(Kind.UNDO_DEPLOYMENT))
                .singleElement()
                .asString()
                .contains("has no revision before 4 to go back to: use scaleToZero or routeToStable");
    }

    @Test
    void aPausedDeploymentIsRefusedAndLeftAlone() {
        CanaryStep step = shop.withDeployment().step(Kind.UNDO_DEPLOYMENT);
        shop.set(Types.DEPLOYMENT, "reviews-v2", "/spec/paused", "true");
        assertThat(shop.errors(Kind.UNDO_DEPLOYMENT)).singleElement().asString().contains("is paused");
        assertThat(shop.carryOut(step).detail()).startsWith("it was paused meanwhile");
    }

    @Test
    void podsThatAreNotOfTheNewestRevisionAreRefused() {
        shop.withDeployment()
                .set(
                        Types.DEPLOYMENT,
                        "reviews-v2",
                        "/metadata/annotations",
                        "{\"deployment.kubernetes.io/revision\":\"5\"}");
        assertThat(shop.errors(Kind.UNDO_DEPLOYMENT)).singleElement().asString().contains("not of the newest revision");
    }

    @Test
    void podsOfNoDeploymentAreRefused() {
        assertThat(shop.errors(Kind.SCALE_TO_ZERO)).singleElement().asString().contains("no pod has the labels");
        shop.withPod("x", "v2", "StatefulSet", "reviews");
        assertThat(shop.errors(Kind.UNDO_DEPLOYMENT))
                .singleElement()
                .asString()
                .contains(
                        "Pod bookinfo/reviews-x-v2 of the canary belongs to StatefulSet reviews, not to a Deployment");
    }

    @Test
    void missingRightsAreNamedWithTheRule() {
        shop.withDeployment().cluster.denied.add("patch deployments bookinfo");
        shop.cluster.denied.add("list replicasets bookinfo");
        assertThat(shop.errors(Kind.UNDO_DEPLOYMENT)).hasSize(2).anySatisfy(text -> assertThat(text)
                .contains("may not patch deployments.apps in namespace bookinfo: canaryRollback: undoDeployment"
                        + " needs the rule {apiGroups: [apps], resources: [deployments], verbs: [patch]}"));
    }

    @Test
    void whoeverElseKeepsItIsSaid() {
        shop.withDeployment()
                .set(
                        Types.DEPLOYMENT,
                        "reviews-v2",
                        "/metadata/labels",
                        "{\"kustomize.toolkit.fluxcd.io/name\":\"shop\"}");
        assertThat(Shop.texts(shop.plan(Kind.UNDO_DEPLOYMENT), Finding.Severity.WARNING))
                .singleElement()
                .asString()
                .contains("is kept by Flux");
        assertThat(Shop.texts(shop.plan(Kind.UNDO_DEPLOYMENT), Finding.Severity.OK))
                .containsExactly("if violated: Deployment bookinfo/reviews-v2 to revision 3");
    }

    @Test
    void whatFlaggerHasIsRefused() {
        shop.withDeployment()
                .cluster
                .with(
                        """
                        apiVersion: flagger.app/v1beta1
                        kind: Canary
                        metadata: {name: reviews, namespace: bookinfo}
                        spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: reviews-v2}}
                        """);
        assertThat(shop.errors(Kind.UNDO_DEPLOYMENT)).singleElement().asString().contains("in the hands of Flagger");
    }

    // --- no pods ---

    @Test
    void aCanaryLosesItsPodsAndNothingElse() {
        CanaryStep step = shop.withDeployment().step(Kind.SCALE_TO_ZERO);
        assertThat(step.words()).isEqualTo("Deployment bookinfo/reviews-v2 to 0 replicas");
        assertThat(step.undoCommands())
                .containsExactly("kubectl scale deployment/reviews-v2 --namespace bookinfo --replicas=2");
        // What scales it by itself is no foreign change.
        shop.set(Types.DEPLOYMENT, "reviews-v2", "/spec/replicas", "5");
        assertThat(shop.carryOut(step)).isEqualTo(new CanaryStanding(State.ASKED, "2 pods are left"));
        assertThat(deployment().at("/spec/replicas").asInt(-1)).isZero();
        assertThat(image()).isEqualTo("reviews:bad");
        shop.set(Types.DEPLOYMENT, "reviews-v2", "/status", "{\"observedGeneration\":7}");
        assertThat(shop.look(step)).isEqualTo(new CanaryStanding(State.DONE, "no pod is left"));
    }

    @Test
    void aNewCanaryKeepsItsPods() {
        CanaryStep step = shop.withDeployment().step(Kind.SCALE_TO_ZERO);
        shop.set(Types.DEPLOYMENT, "reviews-v2", "/spec/template/spec/containers/0/image", "\"reviews:newer\"");
        assertThat(shop.carryOut(step).state()).isEqualTo(State.FOREIGN);
        assertThat(deployment().at("/spec/replicas").asInt()).isEqualTo(2);
    }

    @Test
    void podsThatAreNotTheCanarysKeepADeploymentFromBeingEmptied() {
        shop.withDeployment().withPod("old", "v1", "ReplicaSet", "reviews-v2-3");
        assertThat(shop.errors(Kind.SCALE_TO_ZERO))
                .singleElement()
                .asString()
                .contains("has pods that are not the canary's, such as reviews-old-v1");
    }

    @Test
    void anAutoscalerIsWarnedOf() {
        shop.withDeployment()
                .cluster
                .with(
                        """
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        metadata: {name: reviews, namespace: bookinfo}
                        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: reviews-v2}}
                        """);
        assertThat(Shop.texts(shop.plan(Kind.SCALE_TO_ZERO), Finding.Severity.WARNING))
                .singleElement()
                .asString()
                .contains("is scaled by a HorizontalPodAutoscaler");
        assertThat(Shop.texts(shop.plan(Kind.UNDO_DEPLOYMENT), Finding.Severity.WARNING))
                .isEmpty();
    }
}
