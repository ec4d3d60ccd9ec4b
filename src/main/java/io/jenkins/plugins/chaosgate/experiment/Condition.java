package io.jenkins.plugins.chaosgate.experiment;

/** What the steady state of an experiment file is made of: thresholds on numbers, and what must hold of the canary's pods. */
public sealed interface Condition permits Threshold, PodLimits {

    /** The word for it in an experiment file: {@code errorRate}. */
    String kind();
}
