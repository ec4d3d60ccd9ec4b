package io.jenkins.plugins.chaosgate.experiment;

import java.util.Map;
import java.util.Objects;

/**
 * What is under test.
 *
 * @param namespace the Kubernetes namespace of the canary; not blank
 * @param canary the labels that select the canary's pods; at least one
 * @param stable the labels that select the stable version's pods; empty means every other pod behind the same service
 */
public record Target(String namespace, Map<String, String> canary, Map<String, String> stable) {

    public Target {
        Objects.requireNonNull(namespace, "namespace");
        canary = Labels.copyOf(canary);
        stable = Labels.copyOf(stable);
        if (canary.isEmpty()) {
            throw new IllegalArgumentException("a target needs at least one label that selects the canary");
        }
    }
}
