package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.pipeline.life.RunningGates;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a gate ended, and how its step tells the pipeline. */
sealed interface Ending {

    Logger LOG = Logger.getLogger(Ending.class.getName());

    /**
     * Ends the step.
     *
     * @param stopped why somebody stopped the step; null where nobody did
     */
    void tell(StepContext context, Throwable stopped);

    /** The gate was never let begin. */
    record NotBegun(Throwable why) implements Ending {

        @Override
        public void tell(StepContext context, Throwable stopped) {
            context.onFailure(stopped != null ? stopped : readable(why));
        }

        /** What an author or an administrator can put right needs words, not a stack trace. */
        private static Throwable readable(Throwable why) {
            boolean isSaid = why instanceof InvalidExperimentException || why instanceof IOException;
            return isSaid && why.getMessage() != null ? new AbortException(why.getMessage()) : why;
        }
    }

    /** The gate has a verdict. */
    record Over(Verdict verdict, GateSnapshot snapshot, Consequence consequence, String gateId) implements Ending {

        @Override
        public void tell(StepContext context, Throwable stopped) {
            Result result = consequence.of(verdict);
            if (stopped != null && verdict.kind() != Verdict.Kind.ROLLBACK_FAILED) {
                context.onFailure(stopped);
            } else if (result == Result.SUCCESS || result == Result.UNSTABLE) {
                returnResult(context, result);
            } else if (result == Result.FAILURE) {
                context.onFailure(new AbortException(new VerdictCause(verdict).getShortDescription()));
            } else {
                context.onFailure(new FlowInterruptedException(result, true, new VerdictCause(verdict)));
            }
        }

        private void returnResult(StepContext context, Result result) {
            try {
                Run<?, ?> run = context.get(Run.class);
                if (result == Result.UNSTABLE) {
                    context.get(FlowNode.class)
                            .addOrReplaceAction(new WarningAction(Result.UNSTABLE)
                                    .withMessage(new VerdictCause(verdict).getShortDescription()));
                    run.setResult(Result.UNSTABLE);
                }
                context.onSuccess(new GateResult(verdict, snapshot, RunningGates.page(run, gateId)));
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The verdict of gate " + gateId + " could not be told", e);
                context.onFailure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                context.onFailure(e);
            }
        }
    }
}
