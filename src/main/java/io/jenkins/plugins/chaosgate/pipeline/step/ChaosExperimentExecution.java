package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.GateIds;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.pipeline.life.GateCaller;
import io.jenkins.plugins.chaosgate.pipeline.life.RunningGates;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * The step while it runs: thin, since the gate lives in {@link RunningGates}. It ends once the gate is over and, in the
 * block form, the block too.
 */
public final class ChaosExperimentExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(ChaosExperimentExecution.class.getName());

    /** Persisted with the program; after a restart the gate is found by its id. */
    private final String gateId = GateIds.next();

    private final ChaosExperimentStep step;
    private BodyExecution block;
    private boolean blockEnded;
    /** Why the step is to end other than by the gate's verdict; null while nothing speaks against it. */
    private Throwable stopped;

    private transient Ending ending;

    ChaosExperimentExecution(ChaosExperimentStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        if (getContext().hasBody()) {
            synchronized (this) {
                block = getContext()
                        .newBodyInvoker()
                        .withCallback(new Block(this))
                        .start();
            }
        }
        RunningGates.get().begin(gateId, run(), new Caller());
        return false;
    }

    @Override
    public void onResume() {
        try {
            RunningGates.get().resume(gateId, run(), new Caller());
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    /** The step ends only when the fault is out. */
    @Override
    public void stop(Throwable cause) {
        stop(cause, "the build was stopped: " + cause.getMessage());
    }

    private void stop(Throwable cause, String why) {
        synchronized (this) {
            if (stopped == null) {
                stopped = cause;
            }
        }
        if (!RunningGates.get().stop(gateId, why)) {
            conclude();
        }
    }

    @Override
    public String getStatus() {
        return RunningGates.get().status(gateId).orElse("ending");
    }

    @Override
    public boolean blocksRestart() {
        return RunningGates.get().faultMayBeIn(gateId);
    }

    private Consequence consequence() {
        return new Consequence(
                step.getOnViolation().result(), step.getOnInconclusive().result());
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    // --- the end ---

    private void gateIsOver(Ending how) {
        BodyExecution running;
        synchronized (this) {
            ending = how;
            running = blockEnded ? null : block;
        }
        if (running != null) {
            running.cancel(new FlowInterruptedException(Result.ABORTED, false, new GateOver()));
        } else {
            conclude();
        }
    }

    /** A block that fails while the gate is open ends it: what was to drive load did not. */
    private void blockIsOver(Throwable failure) {
        boolean gateOver;
        synchronized (this) {
            blockEnded = true;
            gateOver = ending != null;
        }
        if (gateOver) {
            conclude();
        } else if (failure != null) {
            stop(failure, "the block failed: " + failure.getMessage());
        }
    }

    private void conclude() {
        Ending how;
        Throwable why;
        synchronized (this) {
            how = ending;
            why = stopped;
        }
        if (how != null) {
            how.tell(getContext(), why);
        } else if (why != null) {
            getContext().onFailure(why);
        }
    }

    /** The step as the gate sees it. */
    private final class Caller implements GateCaller {

        @Override
        public String cluster() {
            return step.getCluster();
        }

        @Override
        public boolean asksAgent() {
            return !step.getFile().isEmpty();
        }

        @Override
        public Experiment experiment() throws IOException, InterruptedException {
            if (step.getFile().isEmpty()) {
                return step.experiment();
            }
            FilePath workspace = getContext().get(FilePath.class);
            if (workspace == null) {
                throw new AbortException("chaosExperiment: file: '" + step.getFile()
                        + "' is read from a workspace, and there is none here; put the step inside node { }, or give the"
                        + " experiment's fields instead of file:");
            }
            return step.experiment(ExperimentFile.read(workspace, step.getFile()));
        }

        @Override
        public TaskListener listener() {
            try {
                TaskListener listener = getContext().get(TaskListener.class);
                return listener == null ? TaskListener.NULL : listener;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The log of the build cannot be written to", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TaskListener.NULL;
        }

        @Override
        public String goneBecause() {
            return StepWatch.goneBecause(getContext());
        }

        @Override
        public void couldNotBegin(Throwable why) {
            gateIsOver(new Ending.NotBegun(why));
        }

        @Override
        public void ended(Verdict verdict, GateSnapshot snapshot) {
            gateIsOver(new Ending.Over(verdict, snapshot, consequence(), gateId));
        }
    }

    /** Hears how the block ended. */
    private static final class Block extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        private final ChaosExperimentExecution around;

        Block(ChaosExperimentExecution around) {
            this.around = around;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            around.blockIsOver(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            around.blockIsOver(failure);
        }
    }
}
