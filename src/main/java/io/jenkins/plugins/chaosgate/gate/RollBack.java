package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Takes out every change that is, or may be, in the cluster: again and again, with growing pauses, until the cluster no
 * longer shows it or the budget is spent; then the guard. Nothing stops it, not even a second request to abort.
 */
final class RollBack implements Phase {

    /** How long it is tried. */
    static final Duration BUDGET = Duration.ofSeconds(60);

    /** How long it is tried to remove the guard, which goes by itself in the end. */
    private static final Duration GUARD_BUDGET = Duration.ofSeconds(5);

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    @Override
    public PhaseName name() {
        return PhaseName.ROLLBACK;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        run.letGuardGo();
        List<Change> changes = run.mayBeIn();
        return removeAll(run, BUDGET).thenCompose(done -> removeGuard(run)).thenCompose(done -> {
            List<Change> standing = run.mayBeIn();
            if (!standing.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.of(stillIn(run, standing)));
            }
            run.faultInAt().ifPresent(in -> run.faultIsOut(run.now()));
            return new Quiet(run, changes).run();
        });
    }

    private static Verdict stillIn(GateRun run, List<Change> standing) {
        return Verdict.rollbackFailed("a fault may still be in; run by hand: "
                + standing.stream()
                        .flatMap(change -> run.injector.undoCommands(change).stream())
                        .collect(Collectors.joining(" ; ")));
    }

    private static CompletableFuture<Void> removeAll(GateRun run, Duration budget) {
        Instant deadline = run.now().plus(budget);
        return CompletableFuture.allOf(run.mayBeIn().stream()
                .map(change -> removeFault(run, change, deadline))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static CompletableFuture<Void> removeFault(GateRun run, Change change, Instant deadline) {
        return remove(run, change, deadline).thenAccept(standing -> {
            if (standing.isEmpty()) {
                run.isOut(change);
                run.emit(new GateEvent.FaultOut(run.now(), change));
            } else {
                run.emit(new GateEvent.StillIn(run.now(), change, standing.get(), run.injector.undoCommands(change)));
            }
        });
    }

    /** Once the guard is gone the cluster deletes what it owned, also what we could not: so that is tried once more. */
    private static CompletableFuture<Void> removeGuard(GateRun run) {
        if (run.guardMayBeIn().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Change guard = run.guardMayBeIn().get();
        return remove(run, guard, run.now().plus(GUARD_BUDGET)).thenCompose(standing -> {
            if (standing.isEmpty()) {
                run.guardIsOut();
                return removeAll(run, GUARD_BUDGET);
            }
            run.warn(standing.get() + "; it goes by itself when its lease is over");
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Empty when the change is out; why it is not when the time to try is over. */
    private static CompletableFuture<Optional<String>> remove(GateRun run, Change change, Instant deadline) {
        Attempts attempts = new Attempts();
        return Repeat.until(
                () -> run.within(ATTEMPT_LIMIT, "taking out " + change.object(), () -> run.injector.rollback(change))
                        .handle((done, failure) -> Optional.ofNullable(failure))
                        .thenCompose(failure -> {
                            if (failure.isEmpty()) {
                                return CompletableFuture.completedFuture(Optional.of(Optional.<String>empty()));
                            }
                            String why = change.object() + " could not be taken out (attempt " + attempts.next() + "): "
                                    + Failures.words(failure.get());
                            Duration pause = attempts.pause();
                            if (run.now().plus(pause).isAfter(deadline)) {
                                return CompletableFuture.completedFuture(Optional.of(Optional.of(why)));
                            }
                            run.warn(why + "; trying again");
                            return run.clock.after(pause).thenApply(waited -> Optional.<Optional<String>>empty());
                        }));
    }

    /** Counts attempts; each pause is twice the one before. */
    private static final class Attempts {

        private int made;

        int next() {
            return ++made;
        }

        Duration pause() {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(made - 1, 20));
            return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }
}
