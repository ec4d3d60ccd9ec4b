package io.jenkins.plugins.chaosgate.experiment;

/** Which pods behind a judged service count. */
public enum Arm {
    /** Only the canary's; the default where the service is the canary's own. */
    CANARY("canary"),
    /** Only the stable version's. */
    STABLE("stable"),
    /** All of them; the default for every other service. */
    ALL("all");

    private final String word;

    Arm(String word) {
        this.word = word;
    }

    /** The word that an experiment file uses. */
    public String word() {
        return word;
    }
}
