package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gate would do to the cluster, and what speaks against it.
 *
 * @param findings all that preflight saw in the cluster, in the order in which it looked
 * @param guard what is made first and takes the changes out should the gate die; empty where none stands behind them
 * @param changes what would be made or edited, in order; empty for a control run or where a finding stops the gate
 */
public record Plan(List<Finding> findings, Scene scene, Optional<Change> guard, List<Change> changes) {

    /** A plan without a guard. */
    public Plan(List<Finding> findings, Scene scene, List<Change> changes) {
        this(findings, scene, Optional.empty(), changes);
    }

    /** The same plan with other findings. */
    public Plan withFindings(List<Finding> others) {
        return new Plan(others, scene, guard, changes);
    }

    public Plan {
        findings = List.copyOf(findings);
        Objects.requireNonNull(scene, "scene");
        Objects.requireNonNull(guard, "guard");
        changes = List.copyOf(changes);
    }
}
