package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.Lateness;
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
 * longer shows it, and it cannot come in any more, or the budget is spent; then the guard is to do it. Nothing stops it, not even a second request to abort.
 */
final class RollBack implements Phase {

    /** How long it is tried. */
    static final Duration BUDGET = Duration.ofSeconds(60);

    /**
     * For how long beyond that it is waited for what is not there, but may still come in: a request that is being sent ends
     * within the half minute that it has, and then it is certain after {@link Lateness#LANDS_WITHIN}.
     */
    private static final Duration PATIENCE = Lateness.LANDS_WITHIN.plusSeconds(45);

    /** How long it is tried to remove the guard, which goes by itself in the end. */
    private static final Duration GUARD_BUDGET = Duration.ofSeconds(5);

    @Override
    public PhaseName name() {
        return PhaseName.ROLLBACK;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        // Where the cluster does not let it be taken out, the guard shall do so soon.
        run.footprint.guard.letGo();
        List<Change> changes = run.footprint.mayBeIn();
        return removeAll(run, BUDGET)
                .thenCompose(done -> run.footprint.mayBeIn().isEmpty() ? keepOthersOff(run) : letGo(run))
                .thenCompose(done -> {
                    List<Change> standing = run.footprint.mayBeIn();
                    if (!standing.isEmpty()) {
                        return CompletableFuture.completedFuture(Optional.of(stillIn(run, standing)));
                    }
                    run.footprint.faultInAt().ifPresent(in -> run.footprint.faultIsOut(run.now()));
                    return new Quiet(run, changes).run();
                });
    }

    /** Another gate's fault would spoil the wait for the recovery: the lock stays, and so does the guard that owns it. */
    private static CompletableFuture<Void> keepOthersOff(GateRun run) {
        run.footprint.guard.keepOn();
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Gives back what keeps others off and stands behind the fault. While a fault stands only the guard goes, which the
     * cluster may take the fault along with. Never fails.
     */
    static CompletableFuture<Void> letGo(GateRun run) {
        run.footprint.guard.letGo();
        return giveLockBack(run).thenCompose(done -> removeGuard(run)).thenCompose(done -> giveLockBack(run));
    }

    private static CompletableFuture<Void> giveLockBack(GateRun run) {
        Optional<Change> lock = run.footprint.lock.mayBeIn();
        if (lock.isEmpty() || !run.footprint.mayBeIn().isEmpty()) {
            run.footprint.lock.letGo();
            return CompletableFuture.completedFuture(null);
        }
        return remove(run, lock.get(), run.now().plus(GUARD_BUDGET), Duration.ZERO)
                .thenCompose(standing -> {
                    if (standing.isEmpty()) {
                        return run.footprint.lock.isOut(lock.get());
                    }
                    run.footprint.lock.letGo();
                    run.warn(standing.get().why() + "; other gates take it over when its lease is over");
                    return CompletableFuture.completedFuture(null);
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
        return CompletableFuture.allOf(run.footprint.mayBeIn().stream()
                .map(change -> removeFault(run, change, deadline))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static CompletableFuture<Void> removeFault(GateRun run, Change change, Instant deadline) {
        return remove(run, change, deadline, PATIENCE).thenCompose(standing -> {
            if (standing.isEmpty()) {
                run.emit(new GateEvent.FaultOut(run.now(), change));
                return run.footprint.isOut(change);
            }
            run.emit(new GateEvent.StillIn(run.now(), change, standing.get().why(), run.injector.undoCommands(change)));
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Once the guard is gone the cluster deletes what it owned, also what we could not: so that is tried once more. */
    private static CompletableFuture<Void> removeGuard(GateRun run) {
        if (run.footprint.guard.mayBeIn().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Change guard = run.footprint.guard.mayBeIn().get();
        return remove(run, guard, run.now().plus(GUARD_BUDGET), Duration.ZERO).thenCompose(standing -> {
            if (standing.isEmpty()) {
                return run.footprint.guard.isOut(guard).thenCompose(closed -> removeAll(run, GUARD_BUDGET));
            }
            run.warn(standing.get().why() + "; it goes by itself when its lease is over");
            return CompletableFuture.completedFuture(null);
        });
    }

    private static CompletableFuture<Optional<Removal.Standing>> remove(
            GateRun run, Change change, Instant deadline, Duration patience) {
        return new Removal(run.injector, run.clock, run::warn, change, deadline, patience, run.footprint.doubt(change))
                .run();
    }
}
