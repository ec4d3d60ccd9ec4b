package io.jenkins.plugins.chaosgate.experiment;

import java.util.List;
import java.util.Objects;

/**
 * What is asked of a gate: hurt this target with these faults, and the steady state must hold while it is watched.
 * Immutable; no part is null. No faults at all make a control run: everything is watched, nothing is hurt.
 *
 * @param name what people call it; not blank
 * @param mechanism how faults get into the mesh
 * @param overrideFault whether a route that already carries a fault of the user's may be used; that fault is replaced
 *     for as long as ours is in
 * @param steadyState the thresholds, at least one, with distinct titles
 */
public record Experiment(
        String name,
        Target target,
        Mechanism mechanism,
        boolean overrideFault,
        List<Fault> faults,
        List<Threshold> steadyState,
        Watch watch) {

    public Experiment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(watch, "watch");
        faults = List.copyOf(faults);
        steadyState = List.copyOf(steadyState);
        if (steadyState.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs at least one threshold in its steady state");
        }
    }

    /** Whether nothing is hurt: the gate only watches. */
    public boolean isControlRun() {
        return faults.isEmpty();
    }

    /** The same experiment with its faults put in another way. */
    public Experiment withMechanism(Mechanism other) {
        return new Experiment(name, target, other, overrideFault, faults, steadyState, watch);
    }
}
