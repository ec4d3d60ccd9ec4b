package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way that a gate still has to go.
 *
 * @param ahead the phases up to the decision; they are not gone through where there is one
 * @param decision what was decided, or is to be; empty where the phases have to tell
 * @param isTold whether the listener heard of that decision already
 * @param isRecoveryOver whether the steady state was already waited for
 */
record Course(List<Phase> ahead, Optional<Verdict> decision, boolean isTold, boolean isRecoveryOver) {

    /** The whole way. */
    static Course of(Experiment experiment) {
        List<Phase> phases = new ArrayList<>(List.of(new Preflight(), new Lock(), new WarmUp()));
        if (!experiment.isControlRun()) {
            phases.addAll(List.of(new Inject(), new Proof()));
        }
        phases.add(new UnderFault());
        return through(phases);
    }

    static Course through(List<Phase> phases) {
        return new Course(phases, Optional.empty(), false, false);
    }

    /** Nothing is ahead but the rollback. */
    static Course to(Verdict decision) {
        return new Course(List.of(), Optional.of(decision), false, false);
    }

    /** The rest of a gate that had decided already. */
    static Course after(Verdict decision, boolean isRecoveryOver) {
        return new Course(List.of(), Optional.of(decision), true, isRecoveryOver);
    }
}
