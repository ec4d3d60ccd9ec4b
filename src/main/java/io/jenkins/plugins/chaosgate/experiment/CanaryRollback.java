package io.jenkins.plugins.chaosgate.experiment;

import java.util.Objects;

/**
 * What becomes of the canary itself once the fault is out: by default nothing. The one thing that changes what the user has.
 *
 * @param kind how the canary is rolled back
 * @param on after which verdicts
 */
public record CanaryRollback(Kind kind, On on) {

    /** The canary is left as it is. */
    public static final CanaryRollback NONE = new CanaryRollback(Kind.NONE, On.VIOLATED);

    public CanaryRollback {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(on, "on");
    }

    /** Whether anything is to be rolled back at all. */
    public boolean isAsked() {
        return kind != Kind.NONE;
    }

    /** How a canary is rolled back. */
    public enum Kind {
        /** It is left as it is. */
        NONE("none"),
        /** Its Deployment gets the pod template of the revision before, as {@code kubectl rollout undo} would do. */
        UNDO_DEPLOYMENT("undoDeployment"),
        /** The weights of routes send to the stable version what they sent to the canary. */
        ROUTE_TO_STABLE("routeToStable"),
        /** Its Deployment gets no pods. */
        SCALE_TO_ZERO("scaleToZero"),
        /** Its Rollout of Argo is aborted. */
        ABORT_ROLLOUT("abortRollout");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that an experiment file uses. */
        public String word() {
            return word;
        }
    }

    /** After which verdicts a canary is rolled back; never after one that a person asked for. */
    public enum On {
        /** The canary broke its steady state. */
        VIOLATED("violated"),
        /** The gate began and did not pass. */
        NOT_PASSED("notPassed");

        private final String word;

        On(String word) {
            this.word = word;
        }

        /** The word that an experiment file uses. */
        public String word() {
            return word;
        }
    }
}
