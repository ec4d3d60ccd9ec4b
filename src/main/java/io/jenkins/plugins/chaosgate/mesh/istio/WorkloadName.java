package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name that Istio's telemetry gives a pod's workload. */
final class WorkloadName {

    /** A CronJob's Jobs are named after it and the minute at which they were due. */
    private static final Pattern OF_CRON_JOB = Pattern.compile("(.+)-\\d{8,10}");

    private WorkloadName() {}

    /** What the proxy was told, else what owns the pod, a Deployment rather than its ReplicaSet, else the pod. */
    static String of(JsonNode pod) {
        return told(pod).or(() -> owner(pod)).orElse(Json.name(pod));
    }

    private static Optional<String> told(JsonNode pod) {
        return Member.proxies(pod)
                .flatMap(proxy -> Json.elements(proxy.path("env")))
                .filter(variable -> variable.path("name").asText().equals("ISTIO_META_WORKLOAD_NAME"))
                .map(variable -> variable.path("value").asText())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Optional<String> owner(JsonNode pod) {
        return Json.elements(pod.path("metadata").path("ownerReferences"))
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst()
                .map(owner -> named(owner, pod.path("metadata").path("labels")));
    }

    private static String named(JsonNode owner, JsonNode labels) {
        String name = owner.path("name").asText();
        return switch (owner.path("kind").asText()) {
            case "ReplicaSet" ->
                without(
                        without(name, labels.path("pod-template-hash").asText()),
                        labels.path("rollouts-pod-template-hash").asText());
            case "Job" -> {
                Matcher due = OF_CRON_JOB.matcher(name);
                yield due.matches() ? due.group(1) : name;
            }
            default -> name;
        };
    }

    private static String without(String name, String hash) {
        return !hash.isEmpty() && name.endsWith("-" + hash)
                ? name.substring(0, name.length() - hash.length() - 1)
                : name;
    }
}
