package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Rolls the canary back, one step after another, because the experiment asks for it. Whatever comes of it, the verdict stays:
 * the gate has judged the canary already.
 */
final class RollCanaryBack implements Phase {

    @Override
    public PhaseName name() {
        return PhaseName.CANARY_ROLLBACK;
    }

    /** Never gives a verdict. */
    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        Iterator<CanaryStep> steps = run.canary.ahead().iterator();
        return Repeat.until(() -> steps.hasNext()
                ? new CanaryStepRun(run, steps.next()).run().thenApply(done -> Optional.<Optional<Verdict>>empty())
                : CompletableFuture.completedFuture(Optional.of(Optional.empty())));
    }
}
