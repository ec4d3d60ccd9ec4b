package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;

/**
 * How a canary would be rolled back, and what speaks against it.
 *
 * @param findings what was seen on the way
 * @param steps in the order in which they are to be done; empty where nothing is asked, or a finding stops the gate
 */
public record CanaryPlan(List<Finding> findings, List<CanaryStep> steps) {

    /** Nothing is to be rolled back. */
    public static final CanaryPlan NONE = new CanaryPlan(List.of(), List.of());

    public CanaryPlan {
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
    }
}
