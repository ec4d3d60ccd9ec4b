package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Duration;
import java.util.Objects;

/** The cluster does not show a change, but a request to make it may still be under way. */
public final class MayStillComeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration left;

    /** @param left how long it may still take; then it is certain whether the change is in */
    public MayStillComeException(ObjectRef object, Duration left) {
        super(object
                + " is not there, but the cluster has not said what became of the request to make it, which may still be"
                + " carried out for " + Math.max(1, left.toSeconds()) + " s");
        this.left = Objects.requireNonNull(left, "left");
    }

    public Duration left() {
        return left;
    }
}
