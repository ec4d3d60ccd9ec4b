package io.jenkins.plugins.chaosgate.verdict.sequential;

/** What the counts say so far. */
public enum Decision {
    /** Neither is certain yet: go on looking. */
    CONTINUE,
    /** The limit is broken, for certain; more requests do not change that. */
    VIOLATED,
    /** The limit is kept, for certain by what was counted up to now; a canary that turns bad later can still violate it. */
    HOLDS
}
