package io.jenkins.plugins.chaosgate.experiment;

/** How a fault gets into the mesh. */
public enum Mechanism {
    /** An EnvoyFilter of our own beside everything of the user's: deleting it is the rollback. */
    ENVOY_FILTER("envoyFilter"),
    /** Routes of our own in front of those of the service's VirtualService; no guard can stand behind such an edit. */
    VIRTUAL_SERVICE("virtualService");

    private final String word;

    Mechanism(String word) {
        this.word = word;
    }

    /** The word that an experiment file and the command line use. */
    public String word() {
        return word;
    }
}
