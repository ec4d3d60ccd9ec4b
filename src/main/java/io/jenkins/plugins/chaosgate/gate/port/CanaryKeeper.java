package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Rolls a canary back. No method blocks its caller; every one may be called again, also by another process. A stage that
 * fails does so with an exception whose message says what was expected, what was found and what to do, free of secrets.
 */
public interface CanaryKeeper {

    /** Cannot roll anything back, and says so in its plan. */
    CanaryKeeper NONE = new CanaryKeeper() {
        @Override
        public CompletionStage<CanaryPlan> plan(Experiment experiment, GateTicket ticket) {
            return CompletableFuture.completedFuture(
                    experiment.canaryRollback().isAsked()
                            ? new CanaryPlan(
                                    List.of(Finding.error(
                                            "canary rollback",
                                            "canaryRollback: "
                                                    + experiment
                                                            .canaryRollback()
                                                            .kind()
                                                            .word()
                                                    + " is not possible in this cluster: leave it out")),
                                    List.of())
                            : CanaryPlan.NONE);
        }

        @Override
        public CompletionStage<Void> dryRun(Change step) {
            return CompletableFuture.failedFuture(unsupported(step));
        }

        @Override
        public CompletionStage<CanaryStanding> carryOut(Change step) {
            return CompletableFuture.failedFuture(unsupported(step));
        }

        @Override
        public CompletionStage<CanaryStanding> look(Change step) {
            return CompletableFuture.failedFuture(unsupported(step));
        }

        @Override
        public CanaryStep read(Change step) {
            throw unsupported(step);
        }

        private UnsupportedOperationException unsupported(Change step) {
            return new UnsupportedOperationException("no canary can be rolled back here, so not by " + step.object());
        }
    };

    /** Looks at the cluster and works out what would be done. Changes nothing; what is wrong is a finding, not a failure. */
    CompletionStage<CanaryPlan> plan(Experiment experiment, GateTicket ticket);

    /** Asks the cluster whether it would take the step, without doing it (server-side dry run). */
    CompletionStage<Void> dryRun(Change step);

    /**
     * Does the step, if the object is still as preflight saw it, and reads it back; what is done already, or is no longer
     * as it was, is not touched. Where the stage fails the step may have been done all the same.
     */
    CompletionStage<CanaryStanding> carryOut(Change step);

    /** How far the step is. Changes nothing. */
    CompletionStage<CanaryStanding> look(Change step);

    /** A step as it was planned, from what the journal has of it. */
    CanaryStep read(Change step);
}
