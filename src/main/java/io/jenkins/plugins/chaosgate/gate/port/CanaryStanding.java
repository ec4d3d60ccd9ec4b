package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/**
 * How far a step of rolling the canary back is, as the cluster shows it.
 *
 * @param detail for people: what came of it, or what is there instead; may be empty
 */
public record CanaryStanding(State state, String detail) {

    /** How far it is. */
    public enum State {
        /** The object is as preflight saw it: the step is still to be done. */
        OPEN,
        /** The object says what it is to say; what acts on that has not finished. */
        ASKED,
        /** The object says it, and what acts on that has followed. */
        DONE,
        /** The object is neither: somebody changed it meanwhile, so it is left alone. */
        FOREIGN
    }

    public CanaryStanding {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether the object says what it is to say. */
    public boolean isBack() {
        return state == State.ASKED || state == State.DONE;
    }
}
