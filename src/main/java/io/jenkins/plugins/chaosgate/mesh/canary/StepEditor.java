package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Culprit;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.Optional;

/**
 * Carries out steps, each as one JSON patch that holds only for the very object, in the very version, that was looked at
 * just before. When somebody was faster it looks again. Blocks while the cluster is asked.
 */
final class StepEditor {

    private static final int CONFLICT = 409;
    /** With this status the API answers a patch whose test does not hold. */
    private static final int INVALID = 422;

    private static final int ATTEMPTS = 5;

    private final Cluster cluster;

    StepEditor(Cluster cluster) {
        this.cluster = cluster;
    }

    CanaryStanding look(Change step, CanaryWay way) {
        return get(step).map(object -> standing(object, Order.of(step), way)).orElseGet(() -> gone(step));
    }

    void dryRun(Change step, CanaryWay way) {
        ObjectNode object = get(step).orElseThrow(() -> ClusterException.unexpected(step.object() + " is gone"));
        patch(step, way, object, true);
    }

    CanaryStanding carryOut(Change step, CanaryWay way) {
        for (int attempt = 1; ; attempt++) {
            Optional<ObjectNode> object = get(step);
            CanaryStanding standing =
                    object.map(found -> standing(found, Order.of(step), way)).orElseGet(() -> gone(step));
            if (standing.state() != CanaryStanding.State.OPEN) {
                return standing;
            }
            try {
                patch(step, way, object.orElseThrow(), false);
                return look(step, way);
            } catch (ClusterException failure) {
                boolean again = failure.status() == CONFLICT || failure.status() == INVALID || failure.outcomeUnknown();
                if (!again || attempt == ATTEMPTS || version(get(step)).equals(version(object))) {
                    throw failure;
                }
            }
        }
    }

    private static CanaryStanding standing(ObjectNode object, Order order, CanaryWay way) {
        if (!Json.uid(object).equals(order.uid())) {
            return CanaryWay.foreign("it was deleted and made anew" + Culprit.of(object));
        }
        CanaryStanding standing = way.standing(object, order);
        return standing.state() == CanaryStanding.State.FOREIGN
                ? CanaryWay.foreign(standing.detail() + Culprit.of(object))
                : standing;
    }

    private static CanaryStanding gone(Change step) {
        return CanaryWay.foreign(step.object() + " is gone");
    }

    private void patch(Change step, CanaryWay way, ObjectNode object, boolean dryRun) {
        ArrayNode patch = Json.array();
        test(patch, "/metadata/uid", Json.uid(object));
        test(patch, "/metadata/resourceVersion", version(Optional.of(object)));
        patch.addAll(way.operations(object, Order.of(step)));
        cluster.patch(type(step), step.object().namespace(), step.object().name(), way.part(), patch, dryRun);
    }

    private static void test(ArrayNode patch, String path, String value) {
        patch.addObject().put("op", "test").put("path", path).put("value", value);
    }

    private Optional<ObjectNode> get(Change step) {
        return cluster.get(type(step), step.object().namespace(), step.object().name());
    }

    private static ResourceType type(Change step) {
        return Types.read(step.object().apiVersion(), step.object().kind());
    }

    private static String version(Optional<ObjectNode> object) {
        return object.map(
                        found -> found.path("metadata").path("resourceVersion").asText())
                .orElse("");
    }
}
