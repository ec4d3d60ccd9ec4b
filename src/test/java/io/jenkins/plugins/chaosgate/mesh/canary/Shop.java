package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPlan;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A cluster with a canary that can be rolled back, and what does it. */
final class Shop implements AutoCloseable {

    static final GateTicket TICKET = new GateTicket(
            "7f3a", "a test", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:05:00Z"));

    final TestCluster cluster = new TestCluster().with("{apiVersion: v1, kind: Namespace, metadata: {name: bookinfo}}");
    final ClusterCanaryKeeper keeper = new ClusterCanaryKeeper(cluster.cluster(), Runnable::run);

    static Experiment experiment(CanaryRollback.Kind kind) {
        return ExperimentReader.read(
                "shop.yaml",
                """
                name: shop
                target:
                  namespace: bookinfo
                  canary: {app: reviews, version: v2}
                  stable: {app: reviews, version: v1}
                controlRun: true
                steadyState: [{errorRate: {of: reviews, max: 1%}}]
                canaryRollback: KIND
                """
                        .replace("KIND", kind.word()),
                Map.of());
    }

    /** A Deployment with the uid of its name, at revision 4, with ReplicaSets of the revisions 3 and 4. */
    Shop withDeployment(String more) {
        cluster.with(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: reviews-v2
                  namespace: bookinfo
                  generation: 7
                  annotations: {deployment.kubernetes.io/revision: "4"}
                spec:
                  replicas: 2
                  template: TEMPLATE
                status: {observedGeneration: 7, replicas: 2, updatedReplicas: 2}
                """
                                .replace("TEMPLATE", template("bad", ""))
                        + more);
        return withReplicaSet(3, "good")
                .withReplicaSet(4, "bad")
                .withPod("a", 4)
                .withPod("b", 4);
    }

    Shop withDeployment() {
        return withDeployment("");
    }

    private static String template(String image, String hash) {
        return "{metadata: {labels: {app: reviews, version: v2" + hash
                + "}}, spec: {containers: [{name: reviews, image:" + " 'reviews:" + image
                + "', env: [{name: PASSWORD, value: s3cret}]}]}}";
    }

    Shop withReplicaSet(int revision, String image) {
        cluster.with(
                """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: reviews-v2-%1$d
                  namespace: bookinfo
                  annotations: {deployment.kubernetes.io/revision: "%1$d"}
                  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: reviews-v2, uid: %3$s, controller: true}]
                spec: {template: %2$s}
                """
                        .formatted(
                                revision,
                                template(image, ", pod-template-hash: h" + revision),
                                uid(Types.DEPLOYMENT, "reviews-v2")));
        return this;
    }

    Shop withPod(String name, int revision) {
        return withPod(name, "v2", "ReplicaSet", "reviews-v2-" + revision);
    }

    Shop withPod(String name, String version, String ownerKind, String owner) {
        cluster.with(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: reviews-%1$s-%2$s
                  namespace: bookinfo
                  labels: {app: reviews, version: %2$s}
                  ownerReferences: [{apiVersion: apps/v1, kind: %3$s, name: %4$s, uid: %5$s, controller: true}]
                status: {phase: Running}
                """
                        .formatted(name, version, ownerKind, owner, uid(Types.REPLICA_SET, owner)));
        return this;
    }

    CanaryPlan plan(CanaryRollback.Kind kind) {
        return keeper.plan(experiment(kind), TICKET).toCompletableFuture().join();
    }

    /** The only step, where nothing speaks against it. */
    CanaryStep step(CanaryRollback.Kind kind) {
        CanaryPlan plan = plan(kind);
        if (plan.steps().size() != 1) {
            throw new AssertionError(plan);
        }
        return plan.steps().get(0);
    }

    static List<String> texts(CanaryPlan plan, Finding.Severity severity) {
        return plan.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
    }

    List<String> errors(CanaryRollback.Kind kind) {
        CanaryPlan plan = plan(kind);
        if (plan.findings().stream().anyMatch(Finding::stopsTheGate)
                && !plan.steps().isEmpty()) {
            throw new AssertionError("steps although something speaks against them: " + plan);
        }
        return texts(plan, Finding.Severity.ERROR);
    }

    CanaryStanding carryOut(CanaryStep step) {
        try {
            return keeper.carryOut(step.change()).toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw (RuntimeException) failure.getCause();
        }
    }

    CanaryStanding look(CanaryStep step) {
        return keeper.look(step.change()).toCompletableFuture().join();
    }

    ObjectNode get(ResourceType type, String name) {
        return cluster.get(type, "bookinfo", name).orElseThrow();
    }

    /** The uid that the cluster gave an object; any other where there is none. */
    String uid(ResourceType type, String name) {
        return cluster.get(type, "bookinfo", name).map(Json::uid).orElse("none");
    }

    void delete(ResourceType type, String name) {
        cluster.cluster().delete(type, "bookinfo", name, uid(type, name));
    }

    /** Somebody else changes one value. */
    void set(ResourceType type, String name, String path, String json) {
        ArrayNode patch = Json.array();
        patch.addObject()
                .put("op", "add")
                .put("path", path)
                .set("value", Json.parse("{\"v\":" + json + "}").get("v"));
        cluster.cluster().patch(type, "bookinfo", name, patch, false);
    }

    /** Somebody else changes the Deployment while a request of ours is on its way. */
    void race(String path, String json) {
        String patch = "[{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":" + json + "}]";
        cluster.really(TestCluster.request(
                HttpMethod.PATCH,
                Types.DEPLOYMENT.path("bookinfo", "reviews-v2"),
                "application/json-patch+json",
                patch));
    }

    long patches() {
        return cluster.requests.stream()
                .filter(request -> request.startsWith("PATCH") && !request.contains("dryRun"))
                .count();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
