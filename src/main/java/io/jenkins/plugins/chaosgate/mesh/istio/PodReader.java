package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Container;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.End;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Role;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a gate has to know of a pod out of the object of the cluster. Pure functions. */
final class PodReader {

    /** The labels by which Deployments, Argo Rollouts, and StatefulSets and DaemonSets tell templates apart. */
    private static final List<String> TEMPLATE_HASHES =
            List.of("pod-template-hash", "rollouts-pod-template-hash", "controller-revision-hash");

    private PodReader() {}

    static Pod read(JsonNode pod) {
        JsonNode status = pod.path("status");
        Optional<JsonNode> ready = condition(status, "Ready");
        return new Pod(
                Json.name(pod),
                Json.uid(pod),
                template(pod),
                containers(pod),
                isReady(pod),
                ready.flatMap(condition -> time(condition.path("lastTransitionTime"))),
                status.path("phase").asText(),
                status.path("reason").asText(),
                status.path("message").asText(),
                condition(status, "DisruptionTarget")
                        .filter(PodReader::isTrue)
                        .map(condition -> condition.path("reason").asText())
                        .orElse(""),
                time(pod.path("metadata").path("deletionTimestamp")));
    }

    /** Whether it takes traffic. */
    static boolean isReady(JsonNode pod) {
        return condition(pod.path("status"), "Ready").filter(PodReader::isTrue).isPresent();
    }

    private static Optional<JsonNode> condition(JsonNode status, String type) {
        return Json.elements(status.path("conditions"))
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst();
    }

    private static boolean isTrue(JsonNode condition) {
        return condition.path("status").asText().equals("True");
    }

    private static String template(JsonNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        return TEMPLATE_HASHES.stream()
                .map(label -> labels.path(label).asText())
                .filter(hash -> !hash.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<Container> containers(JsonNode pod) {
        return Stream.concat(
                        Json.elements(pod.path("spec").path("initContainers"))
                                .map(spec -> container(spec, initRole(spec), pod.at("/status/initContainerStatuses"))),
                        Json.elements(pod.path("spec").path("containers"))
                                .map(spec -> container(
                                        spec,
                                        Member.isProxy(spec) ? Role.PROXY : Role.APP,
                                        pod.at("/status/containerStatuses"))))
                .toList();
    }

    private static Role initRole(JsonNode spec) {
        if (!spec.path("restartPolicy").asText().equals("Always")) {
            return Role.INIT;
        }
        return Member.isProxy(spec) ? Role.PROXY : Role.SIDECAR;
    }

    private static Container container(JsonNode spec, Role role, JsonNode statuses) {
        String name = spec.path("name").asText();
        JsonNode status = Json.elements(statuses)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElse(Json.object());
        // Before it is started again its restarts do not count that it ended; an init container is meant to end.
        Optional<JsonNode> ended = Optional.of(status.path("state").path("terminated"))
                .filter(state -> role != Role.INIT && state.isObject());
        return new Container(
                name,
                role,
                spec.path("image").asText(),
                status.path("imageID").asText(),
                status.path("restartCount").asInt() + (ended.isPresent() ? 1 : 0),
                ended.or(() -> Optional.of(status.path("lastState").path("terminated"))
                                .filter(JsonNode::isObject))
                        .map(PodReader::end));
    }

    private static End end(JsonNode terminated) {
        return new End(
                terminated.path("reason").asText(),
                terminated.path("exitCode").asInt(),
                time(terminated.path("finishedAt")));
    }

    /** A time that is none is not worth failing for. */
    private static Optional<Instant> time(JsonNode time) {
        try {
            return time.isTextual() ? Optional.of(Instant.parse(time.asText())) : Optional.empty();
        } catch (DateTimeException untold) {
            return Optional.empty();
        }
    }
}
