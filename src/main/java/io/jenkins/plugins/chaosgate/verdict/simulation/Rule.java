package io.jenkins.plugins.chaosgate.verdict.simulation;

import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.util.List;

/** A way to decide a gate: ours, or another system's beside it. */
public interface Rule {

    /** What people call it. */
    String name();

    /**
     * Begins a gate.
     *
     * @param warmup what the polls before the fault counted, oldest first; empty where there are none
     */
    Judge begin(List<Count> warmup);

    /** One gate being decided. May keep state. */
    interface Judge {

        /** After one more poll. */
        Decision look(Count poll);

        /** When time is up: whether the gate fails, where that is decided only then. */
        default boolean failsAtEnd() {
            return false;
        }

        /** When time is up: whether too little was seen to let it pass. */
        default boolean isInconclusiveAtEnd() {
            return false;
        }
    }
}
