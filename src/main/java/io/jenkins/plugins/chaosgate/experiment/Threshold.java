package io.jenkins.plugins.chaosgate.experiment;

/** One condition of the steady state: a number that is looked at again and again, and the limits it must keep. */
public sealed interface Threshold extends Condition permits ServiceThreshold, PromQl, Webhook {

    /** What people call it, unique within an experiment: {@code error rate of reviews}. */
    String title();

    /** Its limits. */
    Judging judging();

    /** What its values are measured in. */
    Unit unit();
}
