package io.jenkins.plugins.chaosgate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.PodState;
import io.jenkins.plugins.chaosgate.gate.PodWords;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Container;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.End;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The part of the JSON report that tells of the canary's pods. */
final class JsonPods {

    private JsonPods() {}

    /** Empty where the gate had no pods to look at. */
    static Optional<ObjectNode> of(GateSnapshot gate) {
        return gate.pods().map(pods -> of(gate, pods));
    }

    private static ObjectNode of(GateSnapshot gate, PodState pods) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("limit")
                .put("maxRestarts", pods.limits().maxRestarts())
                .put("minReady", pods.limits().minReady())
                .put("text", PodWords.limits(pods.limits()));
        node.put("state", PodsResult.of(gate).orElseThrow().state().name());
        node.put("standing", PodWords.standing(pods));
        node.put("restarts", pods.ends());
        node.put("leastReady", pods.leastReady());
        node.put("violation", pods.violated().orElse(null));
        node.put("change", pods.changed().orElse(null));
        ArrayNode judged = node.putArray("judged");
        pods.before().live().forEach(pod -> judged.add(pod(pods, pod)));
        ArrayNode entries = node.putArray("workloadEntries");
        pods.before().entries().forEach(entry -> entries.add(entry.name()));
        return node;
    }

    private static ObjectNode pod(PodState pods, Pod before) {
        Optional<Pod> now = pods.last().find(before.uid());
        Pod pod = now.orElse(before);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", pod.name())
                .put("uid", pod.uid())
                .put("templateHash", known(before.template()))
                .put("ready", now.isPresent() && pod.ready())
                .put("gone", now.filter(Pod::isLive).isEmpty());
        ArrayNode containers = node.putArray("containers");
        pod.containers().forEach(container -> containers.add(container(container)));
        return node;
    }

    private static ObjectNode container(Container container) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", container.name())
                .put("role", container.role().name().toLowerCase(Locale.ROOT))
                .put("image", container.image())
                .put("imageId", known(container.imageId()))
                .put("ends", container.ends());
        node.set("lastEnd", container.lastEnd().map(JsonPods::end).orElse(null));
        return node;
    }

    private static ObjectNode end(End end) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", known(end.reason()))
                .put("exitCode", end.exitCode())
                .put("at", end.at().map(Instant::toString).orElse(null));
    }

    private static String known(String text) {
        return text.isEmpty() ? null : text;
    }
}
