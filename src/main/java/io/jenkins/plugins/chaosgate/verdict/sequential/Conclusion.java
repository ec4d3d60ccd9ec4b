package io.jenkins.plugins.chaosgate.verdict.sequential;

/** What the counts say when time is up and nobody will look again. */
public enum Conclusion {
    /** The limit is broken, for certain. */
    VIOLATED,
    /** The limit is kept: enough requests were counted, and their share of bad ones is within it. */
    HELD,
    /** Enough requests were counted, and the share of bad ones is, or may be, above the limit; but that is not certain. */
    UNCLEAR,
    /** So few requests were counted that even without a bad one among them nothing would be shown. */
    TOO_LITTLE
}
