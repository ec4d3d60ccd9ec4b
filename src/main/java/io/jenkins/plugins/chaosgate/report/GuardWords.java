package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.port.Change;

/** What stands behind the faults of a gate, for people. */
public final class GuardWords {

    private GuardWords() {}

    /** A sentence; empty where no fault was ever planned, so that there was nothing to say. */
    public static String of(GateSnapshot gate) {
        if (gate.experiment().isControlRun()) {
            return "";
        }
        if (gate.guard().isPresent()) {
            Change guard = gate.guard().get();
            return "Guarded by " + guard.object() + ": should the gate die, the cluster itself takes the faults out "
                    + Elapsed.length(gate.experiment().guard().lease()).replace(".0 s", " s")
                    + " after it was last heard of.";
        }
        boolean planned =
                gate.faults().stream().anyMatch(fault -> fault.change().isPresent());
        return planned ? "Not guarded: should the gate die, the faults stay in until somebody takes them out." : "";
    }
}
