package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;

/** A way into a target: its mesh and its numbers. Whoever opened it closes it; it may share what lies behind it. */
public interface Connection extends AutoCloseable {

    /** The faults of the target's mesh. */
    FaultInjector mesh();

    /** The numbers for one experiment. */
    MetricSource metrics(Experiment experiment);

    /** Lets go of it. Closing twice is harmless. */
    @Override
    void close();
}
