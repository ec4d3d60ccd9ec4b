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
 * longer shows it or the budget is spent. Nothing stops it, not even a second request to abort.
 */
final class RollBack implements Phase {

    /** How long it is tried. */
    static final Duration BUDGET = Duration.ofSeconds(60);

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    @Override
    public PhaseName name() {
        return PhaseName.ROLLBACK;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        List<Change> changes = run.mayBeIn();
        Instant deadline = run.now().plus(BUDGET);
        CompletableFuture<?>[] removals =
                changes.stream().map(change -> remove(run, change, deadline)).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(removals).thenCompose(done -> {
            List<Change> standing = run.mayBeIn();
            if (!standing.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.of(stillIn(run, standing)));
            }
            run.faultIsOut(run.now());
            return new Quiet(run, changes).run();
        });
    }

    private static Verdict stillIn(GateRun run, List<Change> standing) {
        return Verdict.rollbackFailed("a fault may still be in; run by hand: "
                + standing.stream()
                        .flatMap(change -> run.injector.undoCommands(change).stream())
                        .collect(Collectors.joining(" ; ")));
    }

    /** Done when the change is out, or when the time to try is over. */
    private static CompletableFuture<Boolean> remove(GateRun run, Change change, Instant deadline) {
        Attempts attempts = new Attempts();
        return GateRun.until(() -> run.within(
                        ATTEMPT_LIMIT, "taking out " + change.object(), () -> run.injector.rollback(change))
                .handle((done, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> {
                    if (failure.isEmpty()) {
                        run.isOut(change);
                        run.emit(new GateEvent.FaultOut(run.now(), change));
                        return CompletableFuture.completedFuture(Optional.of(true));
                    }
                    String why = change.object() + " could not be taken out (attempt " + attempts.next() + "): "
                            + Failures.words(failure.get());
                    Duration pause = attempts.pause();
                    if (run.now().plus(pause).isAfter(deadline)) {
                        run.emit(new GateEvent.StillIn(run.now(), change, why, run.injector.undoCommands(change)));
                        return CompletableFuture.completedFuture(Optional.of(false));
                    }
                    run.warn(why + "; trying again");
                    return run.clock.after(pause).thenApply(waited -> Optional.<Boolean>empty());
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
