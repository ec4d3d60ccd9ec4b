package io.jenkins.plugins.chaosgate.experiment;

/** How a threshold is decided. */
public enum Decide {
    /** By all that was counted so far: early, and wrong no more often than is allowed, however often one looks. */
    SEQUENTIAL("sequential"),
    /** By each sample for itself. */
    EVERY_SAMPLE("everySample");

    private final String word;

    Decide(String word) {
        this.word = word;
    }

    /** As an experiment file writes it. */
    public String word() {
        return word;
    }

    /**
     * How that threshold is decided: as it says; else by counts, where bad requests can be counted and nothing it says is
     * about samples.
     */
    public static Decide of(Threshold threshold) {
        Judging judging = threshold.judging();
        boolean ofSamples = judging.allowedBreaches() > 0 || judging.lasting().isPresent();
        return judging.decide().orElse(canCount(threshold) && !ofSamples ? SEQUENTIAL : EVERY_SAMPLE);
    }

    /** Whether a threshold is about a number of bad requests that has an upper limit. */
    public static boolean canCount(Threshold threshold) {
        Bounds bounds = threshold.judging().bounds();
        if (bounds.min().isPresent()) {
            return false;
        }
        if (threshold instanceof ErrorRate) {
            // Of no failures at all, or all of them, nothing is to be tested.
            return bounds.max().isEmpty()
                    || bounds.max().getAsDouble() > 0 && bounds.max().getAsDouble() < 1;
        }
        return threshold instanceof FailedRequests
                || threshold instanceof Latency && bounds.max().isPresent();
    }
}
