package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts the faults in, one change after another. Each is written down before it is asked for: an answer that is lost may well
 * have been a yes, and the process may die.
 */
final class Inject implements Phase {

    /** How long one change may take; past that it is taken out, whether it came in or not. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public PhaseName name() {
        return PhaseName.INJECT;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        Optional<Verdict> disturbed =
                run.footprint.trouble(run.now()).map(words -> Verdict.inconclusive("no fault was put in: " + words));
        return disturbed.isPresent() ? CompletableFuture.completedFuture(disturbed) : injectAll(run);
    }

    private static CompletionStage<Optional<Verdict>> injectAll(GateRun run) {
        Iterator<Change> changes = run.planned().iterator();
        return Repeat.until(() -> {
            if (run.askedToEnd().isPresent() || !changes.hasNext()) {
                return CompletableFuture.completedFuture(Optional.of(Optional.empty()));
            }
            return inject(run, changes.next());
        });
    }

    private static CompletionStage<Optional<Optional<Verdict>>> inject(GateRun run, Change change) {
        return run.footprint
                .willBeIn(change)
                .thenCompose(
                        written -> run.within(LIMIT, "injecting " + change.object(), () -> run.injector.inject(change)))
                .handle((done, failure) -> {
                    if (failure != null) {
                        return Optional.of(Optional.of(Verdict.inconclusive(
                                "the fault could not be put in, " + change.object() + ": " + Failures.words(failure))));
                    }
                    run.footprint.isAnswered(change);
                    run.emit(new GateEvent.FaultIn(run.now(), change));
                    return Optional.<Optional<Verdict>>empty();
                });
    }
}
