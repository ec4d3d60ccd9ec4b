package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where numbers come from. No method blocks its caller. */
public interface MetricSource {

    /** Asks everything that the experiment would ask, once, and says what would not work. Never fails. */
    CompletionStage<List<Finding>> check(Experiment experiment, Scene scene);

    /**
     * Asks a batch of questions and gives one reading for each, in the same order, within a time of its own. Never
     * fails: whatever goes wrong with a question is its {@link Reading.NoData}.
     */
    CompletionStage<List<Reading>> read(List<Question> questions);
}
