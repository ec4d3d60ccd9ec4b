package io.jenkins.plugins.chaosgate.telemetry.counting;

import java.util.Map;
import java.util.Set;

/**
 * What Prometheus scrapes: all series with these two labels come in the same scrapes.
 *
 * @param job the label job; empty where there is none
 * @param instance the label instance; empty where there is none
 */
public record Target(String job, String instance) {
    /** The labels that name a pod. */
    private static final Set<String> OF_PODS = Set.of("pod", "pod_name", "kubernetes_pod_name");

    /** The target that a series with these labels came from. */
    public static Target of(Map<String, String> labels) {
        return new Target(labels.getOrDefault("job", ""), labels.getOrDefault("instance", ""));
    }

    /** Whether a series with these labels says which pod it is of. */
    static boolean tellsPod(Map<String, String> labels) {
        return OF_PODS.stream()
                .anyMatch(label -> !labels.getOrDefault(label, "").isEmpty());
    }

    /** Whether the labels say which one it is. */
    public boolean isKnown() {
        return !instance.isEmpty();
    }
}
