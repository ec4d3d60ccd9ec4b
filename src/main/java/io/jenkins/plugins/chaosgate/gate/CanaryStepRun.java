package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Does one step of rolling the canary back: writes it down, asks for it again and again until the cluster shows it, and then
 * follows for a while what the cluster makes of it. A person who aborts the gate ends the attempts.
 */
final class CanaryStepRun {

    /** How long it is tried. */
    static final Duration BUDGET = Duration.ofSeconds(60);

    /** How long it is followed what the cluster makes of a step that is in. */
    static final Duration FOLLOWED = Duration.ofSeconds(30);

    private static final Duration CALL_LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final GateRun run;
    private final CanaryStep step;
    private final CanaryKeeper keeper;
    private final Backoff backoff = new Backoff();
    private final Instant deadline;

    CanaryStepRun(GateRun run, CanaryStep step) {
        this.run = run;
        this.step = step;
        this.keeper = run.injector.canaryKeeper();
        this.deadline = run.now().plus(BUDGET);
    }

    /** Whether it is done, once that is certain or given up; never fails. */
    CompletableFuture<Boolean> run() {
        if (isAborted()) {
            return CompletableFuture.completedFuture(left("the gate was aborted"));
        }
        return run.footprint
                .writeDown(step.change())
                .handle((written, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> failure.isEmpty()
                        ? Repeat.until(this::attempt)
                        : CompletableFuture.completedFuture(
                                left("it could not be written down first, so it was not begun: "
                                        + Failures.words(failure.get()))));
    }

    private CompletionStage<Optional<Boolean>> attempt() {
        return run.within(CALL_LIMIT, "rolling back " + step.words(), () -> keeper.carryOut(step.change()))
                .handle((standing, failure) -> failure == null ? judged(standing) : failed(Failures.words(failure)))
                .thenCompose(next -> next);
    }

    private CompletionStage<Optional<Boolean>> judged(CanaryStanding standing) {
        return switch (standing.state()) {
            case ASKED, DONE -> follow(standing).thenCompose(this::done).thenApply(closed -> Optional.of(true));
            case OPEN -> failed("the cluster took it, but does not show it");
            case FOREIGN ->
                run.footprint.strikeOut(step.change()).thenApply(closed -> Optional.of(left(standing.detail())));
        };
    }

    /** Where it is given up the entry stays open: whoever comes later may tell whether it was done after all. */
    private CompletionStage<Optional<Boolean>> failed(String why) {
        Duration pause = backoff.next();
        String words = why + " (attempt " + backoff.attempts() + ")";
        if (isAborted() || run.now().plus(pause).isAfter(deadline)) {
            return CompletableFuture.completedFuture(Optional.of(left(words)));
        }
        run.warn("the canary is not rolled back yet, " + step.words() + ": " + words + "; trying again");
        return run.clock.after(pause).thenApply(waited -> Optional.empty());
    }

    // --- once it is in ---

    private CompletableFuture<CanaryStanding> follow(CanaryStanding first) {
        Instant end = run.now().plus(FOLLOWED);
        CanaryStanding[] last = {first};
        return Repeat.until(() -> {
            boolean enough = last[0].state() != CanaryStanding.State.ASKED
                    || isAborted()
                    || !run.now().isBefore(end);
            return enough
                    ? CompletableFuture.completedFuture(Optional.of(last[0]))
                    : run.clock.after(INTERVAL).thenCompose(waited -> look()).thenApply(seen -> {
                        // That nobody answers for a moment takes nothing back.
                        last[0] = seen.orElse(last[0]);
                        return Optional.empty();
                    });
        });
    }

    private CompletableFuture<Optional<CanaryStanding>> look() {
        return run.within(CALL_LIMIT, "looking at " + step.words(), () -> keeper.look(step.change()))
                .handle((standing, failure) -> Optional.ofNullable(standing));
    }

    /** Told last: whoever goes on after a crash does a step again that was not told of, which is harmless. */
    private CompletionStage<Void> done(CanaryStanding standing) {
        String words = standing.isBack() ? standing.detail() : "then somebody changed it: " + standing.detail();
        run.canary.over(step, true);
        return run.footprint
                .strikeOut(step.change())
                .thenRun(() -> run.emit(new GateEvent.CanaryRolledBack(run.now(), step, words)));
    }

    private boolean left(String why) {
        run.canary.over(step, false);
        run.emit(new GateEvent.CanaryLeft(run.now(), step, why));
        return false;
    }

    private boolean isAborted() {
        return run.askedToEnd()
                .filter(asked -> asked.kind() == Verdict.Kind.ABORTED)
                .isPresent();
    }
}
