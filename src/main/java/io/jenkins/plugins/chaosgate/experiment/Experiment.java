package io.jenkins.plugins.chaosgate.experiment;

import java.util.List;
import java.util.Objects;

/**
 * What is asked of a gate: hurt this target with these faults, and the steady state must hold while it is watched.
 * Immutable; no part is null.
 *
 * @param name what people call it; not blank
 * @param mechanism how faults get into the mesh
 * @param overrideFault whether a route that already carries a fault of the user's may be used; that fault is replaced
 *     for as long as ours is in
 * @param guard what takes the faults out should the gate die; means nothing to {@link Mechanism#VIRTUAL_SERVICE}
 * @param whenBusy what happens while another gate holds the target
 * @param faults at least one, unless it is a control run
 * @param controlRun whether everything is watched and nothing is hurt; only without faults
 * @param steadyState the thresholds, at least one, with distinct titles
 * @param pods what must hold of the canary's pods themselves
 * @param canaryRollback what becomes of the canary itself once the fault is out
 */
public record Experiment(
        String name,
        Target target,
        Mechanism mechanism,
        boolean overrideFault,
        Guard guard,
        WhenBusy whenBusy,
        List<Fault> faults,
        boolean controlRun,
        List<Threshold> steadyState,
        PodLimits pods,
        Watch watch,
        CanaryRollback canaryRollback) {

    public Experiment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(whenBusy, "whenBusy");
        Objects.requireNonNull(pods, "pods");
        Objects.requireNonNull(watch, "watch");
        Objects.requireNonNull(canaryRollback, "canaryRollback");
        faults = List.copyOf(faults);
        steadyState = List.copyOf(steadyState);
        if (steadyState.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs at least one threshold in its steady state");
        }
        if (faults.isEmpty() != controlRun) {
            throw new IllegalArgumentException(
                    controlRun ? "a control run has no faults" : "an experiment without faults must be a control run");
        }
    }

    /**
     * An experiment that waits its turn as usual, asks of the canary's pods what is usual, and leaves the canary as it is;
     * without faults, a control run.
     */
    public Experiment(
            String name,
            Target target,
            Mechanism mechanism,
            boolean overrideFault,
            Guard guard,
            List<Fault> faults,
            List<Threshold> steadyState,
            Watch watch) {
        this(
                name,
                target,
                mechanism,
                overrideFault,
                guard,
                WhenBusy.DEFAULT,
                faults,
                faults.isEmpty(),
                steadyState,
                PodLimits.DEFAULT,
                watch,
                CanaryRollback.NONE);
    }

    /** The same with the usual guard, too. */
    public Experiment(
            String name,
            Target target,
            Mechanism mechanism,
            boolean overrideFault,
            List<Fault> faults,
            List<Threshold> steadyState,
            Watch watch) {
        this(name, target, mechanism, overrideFault, Guard.DEFAULT, faults, steadyState, watch);
    }

    /** Whether nothing is hurt: the gate only watches. */
    public boolean isControlRun() {
        return controlRun;
    }

    /** The same experiment under another name. */
    public Experiment withName(String other) {
        return new Experiment(
                other,
                target,
                mechanism,
                overrideFault,
                guard,
                whenBusy,
                faults,
                controlRun,
                steadyState,
                pods,
                watch,
                canaryRollback);
    }

    /** The same experiment with its faults put in another way. */
    public Experiment withMechanism(Mechanism other) {
        return new Experiment(
                name,
                target,
                other,
                overrideFault,
                guard,
                whenBusy,
                faults,
                controlRun,
                steadyState,
                pods,
                watch,
                canaryRollback);
    }

    /** The same experiment with another guard. */
    public Experiment withGuard(Guard other) {
        return new Experiment(
                name,
                target,
                mechanism,
                overrideFault,
                other,
                whenBusy,
                faults,
                controlRun,
                steadyState,
                pods,
                watch,
                canaryRollback);
    }

    /** The same experiment that does something else while another gate holds the target. */
    public Experiment withWhenBusy(WhenBusy other) {
        return new Experiment(
                name,
                target,
                mechanism,
                overrideFault,
                guard,
                other,
                faults,
                controlRun,
                steadyState,
                pods,
                watch,
                canaryRollback);
    }

    /** The same experiment that asks something else of the canary's pods. */
    public Experiment withPods(PodLimits other) {
        return new Experiment(
                name,
                target,
                mechanism,
                overrideFault,
                guard,
                whenBusy,
                faults,
                controlRun,
                steadyState,
                other,
                watch,
                canaryRollback);
    }

    /** The same experiment that does something else to the canary afterwards. */
    public Experiment withCanaryRollback(CanaryRollback other) {
        return new Experiment(
                name,
                target,
                mechanism,
                overrideFault,
                guard,
                whenBusy,
                faults,
                controlRun,
                steadyState,
                pods,
                watch,
                other);
    }

    /**
     * Whether a guard stands behind what the gate makes: its faults, and its lock, which is all that a control run makes. A
     * fault that is edited into an object of the user's can have none.
     */
    public boolean isGuarded() {
        return mechanism == Mechanism.ENVOY_FILTER && guard.kind() == Guard.Kind.JOB;
    }
}
