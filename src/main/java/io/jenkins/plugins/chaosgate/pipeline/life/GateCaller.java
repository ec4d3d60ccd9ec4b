package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.model.TaskListener;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.verdict.Verdict;

/** Who asked for a gate: a step of a pipeline. No method throws what it does not declare. */
public interface GateCaller extends ExperimentSource {

    /** The name of the target; empty means the only one there is. */
    String cluster();

    /** The build's log; a listener that says nothing where the step is gone. */
    TaskListener listener();

    /** Why nobody waits for the gate any more; null while somebody does. */
    String goneBecause();

    /** The gate never began; nothing was changed. Called once, unless {@link #ended} is. */
    void couldNotBegin(Throwable why);

    /** The gate is over and what can be undone is undone. Called once. */
    void ended(Verdict verdict, GateSnapshot snapshot);
}
