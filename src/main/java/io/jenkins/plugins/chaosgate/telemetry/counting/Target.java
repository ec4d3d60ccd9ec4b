package io.jenkins.plugins.chaosgate.telemetry.counting;

import java.util.Map;

/**
 * What Prometheus scrapes: all series with these two labels come in the same scrapes.
 *
 * @param job the label job; empty where there is none
 * @param instance the label instance; empty where there is none
 */
public record Target(String job, String instance) {
    /** The target that a series with these labels came from. */
    public static Target of(Map<String, String> labels) {
        return new Target(labels.getOrDefault("job", ""), labels.getOrDefault("instance", ""));
    }

    /** Whether the labels say which one it is. */
    public boolean isKnown() {
        return !instance.isEmpty();
    }
}
