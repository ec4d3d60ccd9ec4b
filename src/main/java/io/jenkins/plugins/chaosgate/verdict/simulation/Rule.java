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

    /**
     * Begins a gate that compares two arms; a rule that compares nothing looks at the one that is judged.
     *
     * @param stable what the same polls counted of the stable version
     */
    default Judge begin(List<Count> warmup, List<Count> stable) {
        return begin(warmup);
    }

    /** One gate being decided. May keep state. */
    interface Judge {

        /** After one more poll. */
        Decision look(Count poll);

        /** After one more poll of both arms. */
        default Decision look(Count poll, Count stable) {
            return look(poll);
        }

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
