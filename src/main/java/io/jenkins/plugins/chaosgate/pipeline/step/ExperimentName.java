package io.jenkins.plugins.chaosgate.pipeline.step;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.util.stream.Collectors;

/** The name of an experiment to which nobody gave one: what it does. */
final class ExperimentName {

    /** As long as the language lets a name be. */
    private static final int MOST = 200;

    private ExperimentName() {}

    /** Such as {@code abort 100 % of calls to ratings with 500}; never empty, at most 200 characters. */
    static String of(Experiment experiment) {
        if (experiment.isControlRun()) {
            return "control run";
        }
        String faults = experiment.faults().stream()
                .map(fault -> fault.describe(experiment.target().namespace()))
                .collect(Collectors.joining(", "));
        return faults.length() <= MOST ? faults : faults.substring(0, MOST - 1) + "…";
    }
}
