package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.model.Run;
import java.io.IOException;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Sees that a step has ended without being told: a build can be terminated past its steps. */
final class StepWatch {

    private StepWatch() {}

    /** Why nobody waits for the step any more; null while somebody does. */
    static String goneBecause(StepContext context) {
        try {
            FlowNode node = context.get(FlowNode.class);
            Run<?, ?> run = context.get(Run.class);
            if (node == null || run == null) {
                return "the step is gone";
            }
            if (!run.isBuilding()) {
                return "the build ended";
            }
            if (isStoppedBySomebody(run)) {
                return "somebody stopped the build";
            }
            return node.isActive() ? null : "the step was terminated";
        } catch (IOException e) {
            return "the step is gone: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** A step that failed inside catchError leaves such an action, too; only a person's means the whole build. */
    private static boolean isStoppedBySomebody(Run<?, ?> run) {
        return run.getActions(InterruptedBuildAction.class).stream()
                .flatMap(action -> action.getCauses().stream())
                .anyMatch(CauseOfInterruption.UserInterruption.class::isInstance);
    }
}
