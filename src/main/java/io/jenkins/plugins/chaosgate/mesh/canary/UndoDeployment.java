package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Gives the Deployment of a canary the pod template of the revision before, which its ReplicaSets keep, as
 * {@code kubectl rollout undo} does. Changes nothing but the template.
 */
final class UndoDeployment implements CanaryWay {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String TEMPLATE = "template";
    private static final String HASH = "pod-template-hash";

    private final Cluster cluster;

    UndoDeployment(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<CanaryStep> plan(Experiment experiment, String gate, Notes notes) {
        String namespace = experiment.target().namespace();
        notes.require(ResourceType.POD, "list");
        notes.require(Types.REPLICA_SET, "list", "get");
        notes.require(Types.DEPLOYMENT, "get", "patch");
        if (notes.stopTheGate()) {
            return List.of();
        }
        Owners owners = Owners.read(cluster, experiment.target());
        List<CanaryStep> steps = new ArrayList<>();
        Deployments.ofCanary(cluster, namespace, owners, notes).forEach(deployment -> {
            new Rivals(cluster, namespace, notes).check(Types.DEPLOYMENT, deployment);
            order(deployment, owners, notes)
                    .ifPresent(order -> steps.add(order.step(gate, Types.DEPLOYMENT, deployment)));
        });
        return steps;
    }

    private static Optional<Order> order(ObjectNode deployment, Owners owners, Notes notes) {
        String words = "Deployment " + Json.namespace(deployment) + "/" + Json.name(deployment);
        OptionalLong now = revision(deployment);
        if (deployment.path("spec").path("paused").asBoolean()) {
            notes.error(
                    words + " is paused, so nothing would follow a rollback: resume it, or leave canaryRollback out");
            return Optional.empty();
        }
        List<ObjectNode> sets = owners.replicaSetsOf(deployment);
        Optional<ObjectNode> current =
                sets.stream().filter(set -> revision(set).equals(now)).findFirst();
        if (now.isEmpty() || current.isEmpty() || !owners.hasCanaryPods(current.get())) {
            notes.error("the canary's pods are not of the newest revision of " + words
                    + ": wait until its rollout is through");
            return Optional.empty();
        }
        Optional<ObjectNode> before = sets.stream()
                .filter(set -> revision(set).orElse(Long.MAX_VALUE) < now.getAsLong())
                .max(Comparator.comparingLong(set -> revision(set).orElse(0)));
        if (before.isEmpty()) {
            notes.error(words + " has no revision before " + now.getAsLong()
                    + " to go back to: use scaleToZero or routeToStable, or raise its revisionHistoryLimit");
            return Optional.empty();
        }
        return Optional.of(order(deployment, before.get(), now.getAsLong(), words));
    }

    private static Order order(ObjectNode deployment, ObjectNode before, long now, String words) {
        long then = revision(before).orElseThrow();
        ObjectNode more = Json.object();
        more.put("fromRevision", now).put("toRevision", then);
        more.put("images", images(deployment) + " -> " + images(before));
        more.put("fromTemplate", Json.digest(deployment.path("spec").path(TEMPLATE)));
        more.put("toTemplate", Json.digest(template(before)));
        more.put("replicaSet", Json.name(before)).put("replicaSetUid", Json.uid(before));
        return new Order(
                CanaryRollback.Kind.UNDO_DEPLOYMENT,
                Json.uid(deployment),
                words + " to revision " + then,
                more,
                List.of(undo(deployment, then)),
                List.of(undo(deployment, now)));
    }

    private static String undo(JsonNode deployment, long revision) {
        return "kubectl rollout undo deployment/" + Json.name(deployment) + " --namespace " + Json.namespace(deployment)
                + " --to-revision=" + revision;
    }

    @Override
    public CanaryStanding standing(ObjectNode object, Order order) {
        JsonNode spec = object.path("spec");
        String template = Json.digest(spec.path(TEMPLATE));
        if (template.equals(order.more().path("toTemplate").asText())) {
            return followed(object);
        }
        if (!template.equals(order.more().path("fromTemplate").asText())) {
            return CanaryWay.foreign("its pod template is no longer as preflight saw it");
        }
        return spec.path("paused").asBoolean() ? CanaryWay.foreign("it was paused meanwhile") : CanaryWay.open();
    }

    private static CanaryStanding followed(ObjectNode object) {
        JsonNode status = object.path("status");
        long wanted = object.path("spec").path("replicas").asLong(1);
        boolean seen = Deployments.isSeen(object);
        long replaced = seen ? status.path("updatedReplicas").asLong() : 0;
        boolean isDone = seen && replaced >= wanted && status.path("replicas").asLong() <= replaced;
        return CanaryWay.back(
                isDone, seen ? replaced + " of " + wanted + " pods replaced" : "its controller has not followed yet");
    }

    @Override
    public ArrayNode operations(ObjectNode object, Order order) {
        String name = order.more().path("replicaSet").asText();
        ObjectNode set = cluster.get(Types.REPLICA_SET, Json.namespace(object), name)
                .orElseThrow(() -> ClusterException.unexpected("ReplicaSet " + Json.namespace(object) + "/" + name
                        + ", which kept the revision before, is gone: roll back by hand"));
        ObjectNode template = template(set);
        if (!Json.digest(template).equals(order.more().path("toTemplate").asText())) {
            throw ClusterException.unexpected("ReplicaSet " + Json.namespace(object) + "/" + name
                    + " no longer has the pod template that preflight saw: roll back by hand");
        }
        return Order.replace("/spec/template", template);
    }

    /** A pod template as a Deployment has it. */
    private static ObjectNode template(JsonNode replicaSet) {
        ObjectNode template = replicaSet.path("spec").path(TEMPLATE).deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return template;
    }

    private static OptionalLong revision(JsonNode object) {
        String text = object.path("metadata").path("annotations").path(REVISION).asText();
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static String images(JsonNode object) {
        return Json.elements(object.path("spec").path(TEMPLATE).path("spec").path("containers"))
                .map(container -> container.path("image").asText())
                .collect(Collectors.joining(", "));
    }
}
