package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;

/**
 * What a gate would do to the cluster, and what speaks against it.
 *
 * @param findings all that preflight saw in the cluster, in the order in which it looked
 * @param changes what would be made or edited, in order; empty for a control run or where a finding stops the gate
 */
public record Plan(List<Finding> findings, Scene scene, List<Change> changes) {

    public Plan {
        findings = List.copyOf(findings);
        Objects.requireNonNull(scene, "scene");
        changes = List.copyOf(changes);
    }
}
