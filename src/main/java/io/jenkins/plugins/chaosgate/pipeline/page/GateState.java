package io.jenkins.plugins.chaosgate.pipeline.page;

import io.jenkins.plugins.chaosgate.verdict.Verdict;

/** How a gate stands, and how a page shows that: with a word, a sign and one of Jenkins' colours. */
public enum GateState {
    PASSED("symbol-status-blue", "success"),
    VIOLATED("symbol-status-red", "error"),
    INCONCLUSIVE("symbol-status-yellow", "warning"),
    ABORTED("symbol-status-aborted", "text"),
    ROLLBACK_FAILED("symbol-shield-warning", "error"),
    RUNNING("symbol-status-nobuilt-anime", "accent"),
    /** The build is over, and yet there is no verdict: Jenkins went away, or the gate is still at its rollback. */
    UNFINISHED("symbol-help-circle", "warning");

    private final String icon;
    private final String colour;

    GateState(String icon, String colour) {
        this.icon = icon;
        this.colour = colour;
    }

    static GateState of(GateEntry entry, boolean isBuilding) {
        if (entry.getVerdict() == null) {
            return isBuilding ? RUNNING : UNFINISHED;
        }
        return of(Verdict.Kind.valueOf(entry.getVerdict()));
    }

    static GateState of(Verdict.Kind kind) {
        return valueOf(kind.name());
    }

    /** {@code ROLLBACK FAILED}. */
    public String word() {
        return name().replace('_', ' ');
    }

    /** The name of a symbol of Jenkins' own. */
    public String icon() {
        return icon;
    }

    /** The class that gives Jenkins' colour for it. */
    public String colour() {
        return "jenkins-!-" + colour + "-color";
    }
}
