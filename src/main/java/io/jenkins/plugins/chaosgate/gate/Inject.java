package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts the faults in, one change after another, and before them the guard. Each is written down before it is asked for: an
 * answer that is lost may well have been a yes, and the process may die.
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
        return makeGuard(run)
                .thenCompose(
                        refused -> refused.isPresent() ? CompletableFuture.completedFuture(refused) : injectAll(run));
    }

    private static CompletionStage<Optional<Verdict>> makeGuard(GateRun run) {
        if (run.plannedGuard().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Change guard = run.plannedGuard().get();
        return run.footprint
                .guardWillBeIn(guard)
                .thenCompose(written -> make(run, guard))
                .handle((asked, failure) -> {
                    if (failure != null) {
                        return Optional.of(Verdict.inconclusive("the guard could not be made, so no fault was put in, "
                                + guard.object() + ": " + Failures.words(failure)));
                    }
                    run.emit(new GateEvent.GuardIn(run.now(), guard));
                    run.footprint.keepGuarded(new Heartbeat(run, guard, asked));
                    return Optional.empty();
                });
    }

    /** Gives the time when it was asked for. */
    private static CompletionStage<Instant> make(GateRun run, Change guard) {
        Instant asked = run.now();
        return run.within(LIMIT, "making the guard " + guard.object(), () -> run.injector.inject(guard))
                .thenApply(made -> asked);
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
                    run.emit(new GateEvent.FaultIn(run.now(), change));
                    return Optional.<Optional<Verdict>>empty();
                });
    }
}
