package io.jenkins.plugins.chaosgate.pipeline.life;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.io.IOException;

/** Where the experiment of a gate comes from. */
public interface ExperimentSource {

    /** Whether an agent has to be asked for {@link #experiment}. */
    boolean asksAgent();

    /**
     * What is asked. May take long, or for ever, where an agent is asked; ends soon where its thread is interrupted.
     *
     * @throws IOException where there is no such file, or it cannot be reached
     * @throws io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException with all that is wrong with it
     */
    Experiment experiment() throws IOException, InterruptedException;
}
