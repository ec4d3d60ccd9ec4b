package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;

/** Writes an experiment as JSON in the words of its own language; what is read back is equal to it. */
public final class ExperimentWriter {

    private ExperimentWriter() {}

    /**
     * The experiment with every field, presets included, so that it means the same whatever the presets become.
     *
     * @throws IllegalArgumentException if a duration is no whole number of milliseconds, which the language cannot say
     */
    public static ObjectNode write(Experiment experiment) {
        return ExperimentType.INSTANCE.write(experiment);
    }
}
