package io.jenkins.plugins.chaosgate.verdict;

import java.util.Objects;

/**
 * How a gate ended.
 *
 * @param reason why, in words and numbers; one line, not blank
 * @param started whether the gate got past its preflight; where it did not, nothing was ever changed
 */
public record Verdict(Kind kind, String reason, boolean started) {

    /** The five ways to end. */
    public enum Kind {
        /** The fault bit, enough was measured, and the steady state held. */
        PASSED,
        /** The steady state did not hold under the fault. */
        VIOLATED,
        /** Nothing can be said: not enough was seen, or the experiment was disturbed. */
        INCONCLUSIVE,
        /** Somebody ended the gate early. */
        ABORTED,
        /** A fault of ours may still be in; somebody has to act. */
        ROLLBACK_FAILED
    }

    public Verdict {
        Objects.requireNonNull(kind, "kind");
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a verdict needs a reason");
        }
    }

    public static Verdict passed(String reason) {
        return new Verdict(Kind.PASSED, reason, true);
    }

    public static Verdict violated(String reason) {
        return new Verdict(Kind.VIOLATED, reason, true);
    }

    public static Verdict inconclusive(String reason) {
        return new Verdict(Kind.INCONCLUSIVE, reason, true);
    }

    public static Verdict aborted(String reason) {
        return new Verdict(Kind.ABORTED, reason, true);
    }

    public static Verdict rollbackFailed(String reason) {
        return new Verdict(Kind.ROLLBACK_FAILED, reason, true);
    }

    /** The gate was not let in: nothing can be said of the canary, and nothing was changed. */
    public static Verdict refused(String reason) {
        return new Verdict(Kind.INCONCLUSIVE, reason, false);
    }

    public boolean isPassed() {
        return kind == Kind.PASSED;
    }
}
