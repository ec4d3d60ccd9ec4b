package io.jenkins.plugins.chaosgate.gate.port;

/** The phases of a gate, in their order. */
public enum PhaseName {
    PREFLIGHT,
    LOCK,
    WARMUP,
    INJECT,
    PROOF,
    WATCH,
    ROLLBACK,
    CANARY_ROLLBACK,
    RECOVERY;

    /** As reports write it: {@code preflight}, {@code canaryRollback}. */
    public String word() {
        return this == CANARY_ROLLBACK ? "canaryRollback" : name().toLowerCase(java.util.Locale.ROOT);
    }
}
