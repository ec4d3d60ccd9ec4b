package io.jenkins.plugins.chaosgate.gate.port;

/** The phases of a gate, in their order. */
public enum PhaseName {
    PREFLIGHT,
    WARMUP,
    INJECT,
    PROOF,
    WATCH,
    ROLLBACK,
    RECOVERY;

    /** Lower case, as reports write it. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
