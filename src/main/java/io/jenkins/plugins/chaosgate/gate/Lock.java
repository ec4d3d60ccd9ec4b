package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock.Holder;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes the guard, then takes the target's lock, so that no two gates mix their faults; waits for another gate where the
 * experiment says so. The guard comes first since it owns all else: whenever this process dies, the cluster removes both.
 */
final class Lock implements Phase {

    /** How long one call may take; past that what it was about is taken out, whether it came in or not. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Two gates that ask at the same moment may both step back; who does not wait tries again for that long. */
    private static final Duration TO_BE_SURE = Duration.ofSeconds(2);

    private static final int SHORTEST_PAUSE_MILLIS = 500;

    @Override
    public PhaseName name() {
        return PhaseName.LOCK;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        return makeGuard(run)
                .thenCompose(refused ->
                        refused.isPresent() ? CompletableFuture.completedFuture(refused) : new Turn(run).run());
    }

    private static CompletionStage<Optional<Verdict>> makeGuard(GateRun run) {
        if (run.plannedGuard().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Change guard = run.plannedGuard().get();
        return run.footprint
                .guard
                .willBeIn(guard)
                .thenCompose(written -> make(run, guard))
                .handle((asked, failure) -> {
                    if (failure != null) {
                        return Optional.of(Verdict.inconclusive("the guard could not be made, so no fault was put in, "
                                + guard.object() + ": " + Failures.words(failure)));
                    }
                    run.footprint.isAnswered(guard);
                    run.emit(new GateEvent.GuardIn(run.now(), guard));
                    run.footprint.guard.keep(Heartbeat.ofGuard(run, guard, asked));
                    return Optional.empty();
                });
    }

    /** Gives the time when it was asked for. */
    private static CompletionStage<Instant> make(GateRun run, Change guard) {
        Instant asked = run.now();
        return run.within(LIMIT, "making the guard " + guard.object(), () -> run.injector.inject(guard))
                .thenApply(made -> asked);
    }

    /** Waits for its turn. */
    private static final class Turn {

        private final GateRun run;
        private final Instant beginning;
        private final Duration patience;
        private String lastHolder = "";
        private int attempts;

        Turn(GateRun run) {
            this.run = run;
            this.beginning = run.now();
            this.patience = run.experiment.whenBusy().patience();
        }

        CompletionStage<Optional<Verdict>> run() {
            return Repeat.<Optional<Verdict>>until(this::attempt).thenCompose(refused -> {
                boolean asPlanned = lastHolder.isEmpty() || refused.isPresent();
                return asPlanned ? CompletableFuture.completedFuture(refused) : lookAgain();
            });
        }

        /** Whatever was seen before the wait may be different now. */
        private CompletionStage<Optional<Verdict>> lookAgain() {
            return new Preflight().run(run);
        }

        private CompletionStage<Optional<Optional<Verdict>>> attempt() {
            if (run.askedToEnd().isPresent()) {
                return CompletableFuture.failedFuture(
                        new AskedToEndException(run.askedToEnd().get()));
            }
            Instant asked = run.now();
            Optional<Change> lock = run.injector.lock().write(run.experiment, run.ticket, run.plannedGuard(), asked);
            return lock.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.of(Optional.empty()))
                    : take(lock.get(), asked);
        }

        private CompletionStage<Optional<Optional<Verdict>>> take(Change lock, Instant asked) {
            attempts++;
            return run.footprint
                    .lock
                    .willBeIn(lock)
                    .thenCompose(written -> run.within(LIMIT, "taking " + lock.object(), () -> run.injector
                            .lock()
                            .take(lock)))
                    .handle((holder, failure) -> {
                        if (failure != null) {
                            return CompletableFuture.completedFuture(
                                    verdict("the target could not be locked, so no fault" + " was put in, "
                                            + lock.object() + ": " + Failures.words(failure)));
                        }
                        if (holder.isEmpty()) {
                            run.footprint.isAnswered(lock);
                            run.footprint.lock.keep(Heartbeat.ofLock(run, lock, asked));
                            return CompletableFuture.completedFuture(Optional.of(Optional.<Verdict>empty()));
                        }
                        return busy(holder.get());
                    })
                    .thenCompose(next -> next);
        }

        private static Optional<Optional<Verdict>> verdict(String why) {
            return Optional.of(Optional.of(Verdict.inconclusive(why)));
        }

        private CompletableFuture<Optional<Optional<Verdict>>> busy(Holder holder) {
            Duration waited = Duration.between(beginning, run.now());
            Duration left = longest(patience.minus(waited), longest(holder.doubt(), TO_BE_SURE.minus(waited)));
            if (left.isNegative() || left.isZero()) {
                return CompletableFuture.completedFuture(
                        Optional.of(Optional.of(Verdict.refused("the target is held by "
                                + holder.words()
                                + (patience.isZero()
                                        ? "; say whenBusy: wait to wait for it"
                                        : ", and was for the " + waited.toSeconds() + " s of busyLimit")))));
            }
            if (!holder.words().equals(lastHolder)) {
                lastHolder = holder.words();
                run.warn(
                        "the target is held by " + holder.words() + "; waiting for " + left.toSeconds() + " s at most");
            }
            Duration pause = pause();
            return run.pause(pause.compareTo(left) < 0 ? pause : left).thenApply(waiting -> Optional.empty());
        }

        /** Half a second to one and a half, another one for each gate and attempt, so that none keeps step with another. */
        private Duration pause() {
            int spread = (run.ticket.id() + attempts).hashCode();
            return Duration.ofMillis(SHORTEST_PAUSE_MILLIS + Math.floorMod(spread * 31, 1000));
        }

        private static Duration longest(Duration one, Duration other) {
            return one.compareTo(other) >= 0 ? one : other;
        }
    }
}
