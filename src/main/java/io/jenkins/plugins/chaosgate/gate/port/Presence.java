package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/**
 * Whether a change is still in the cluster as it was made.
 *
 * @param detail where it is not: what is there instead and, where the cluster tells, who did it and when; else empty
 */
public record Presence(State state, String detail) {

    /** What became of a change. */
    public enum State {
        AS_MADE,
        ALTERED,
        GONE
    }

    /** It is there, as it was made. */
    public static final Presence AS_MADE = new Presence(State.AS_MADE, "");

    public Presence {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }
}
