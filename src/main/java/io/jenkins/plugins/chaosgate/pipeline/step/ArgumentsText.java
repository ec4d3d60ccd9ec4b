package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.model.TaskListener;
import io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

/** What Jenkins shows beside the name of the step, wherever it lists steps. */
final class ArgumentsText {

    private ArgumentsText() {}

    /** The file, else the name of the experiment, else what it does; null for what is no experiment. */
    static String of(Class<? extends ChaosExperimentStep> step, Map<String, Object> arguments) {
        if (arguments.get("file") instanceof String file && !file.isEmpty()) {
            return file;
        }
        try {
            return DescribableModel.of(step)
                    .instantiate(arguments, TaskListener.NULL)
                    .experiment()
                    .name();
        } catch (InvalidExperimentException | IllegalArgumentException e) {
            return null; // The log of the build says what is wrong with it.
        }
    }
}
