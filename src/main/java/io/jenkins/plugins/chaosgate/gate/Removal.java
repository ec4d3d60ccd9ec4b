package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.MayStillComeException;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes one change out: again and again, with growing pauses, until the cluster no longer shows it, and it cannot come in any
 * more, or time is up.
 */
final class Removal {

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(15);
    /** What comes in late is in no longer than that. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Once it is certain, a cluster that does not answer at that very moment is asked again. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);

    private final FaultInjector injector;
    private final GateClock clock;
    private final Consumer<String> failedAttempt;
    private final Change change;
    private final Instant latest;
    private final Doubt doubt;
    private final Backoff backoff = new Backoff();
    private Instant deadline;
    private boolean wasSeen;
    private boolean isToldToBeLate;

    /**
     * @param failedAttempt told of each attempt that failed and will be made again
     * @param patience for how long after the deadline it is waited for what may still come in
     * @param doubt where another process made it
     */
    Removal(
            FaultInjector injector,
            GateClock clock,
            Consumer<String> failedAttempt,
            Change change,
            Instant deadline,
            Duration patience,
            Doubt doubt) {
        this.injector = injector;
        this.clock = clock;
        this.failedAttempt = failedAttempt;
        this.change = change;
        this.deadline = deadline;
        this.latest = deadline.plus(patience);
        this.doubt = doubt;
    }

    /**
     * Why a change is not out.
     *
     * @param certainAt where the cluster does not show it but it may still come in: until then
     * @param isElsewhere whether it was made in another cluster than the one that answers
     */
    record Standing(String why, Optional<Instant> certainAt, boolean isElsewhere) {}

    /** Empty when the change is out; why it is not when the time to try is over. Never fails. */
    CompletableFuture<Optional<Standing>> run() {
        return Repeat.until(this::attempt);
    }

    private CompletableFuture<Optional<Optional<Standing>>> attempt() {
        // To be known before it is looked for: what comes in afterwards is not seen.
        Instant now = clock.now();
        Duration open = doubt.until().isAfter(now) ? Duration.between(now, doubt.until()) : Duration.ZERO;
        return elsewhere()
                .thenCompose(other -> other.isPresent()
                        ? CompletableFuture.completedFuture(Optional.of(other))
                        : see(open).thenCompose(seen -> takeOut(open)))
                .exceptionallyCompose(this::again);
    }

    private CompletableFuture<Optional<Optional<Standing>>> takeOut(Duration open) {
        return TimeLimit.within(clock, ATTEMPT_LIMIT, "taking out " + change.object(), () -> injector.rollback(change))
                .thenApply(out -> {
                    if (!open.isZero() && !wasSeen) {
                        throw new MayStillComeException(change.object(), open);
                    }
                    return Optional.of(Optional.empty());
                });
    }

    /** A cluster that does not tell which one it is passes for the right one. */
    private CompletableFuture<Optional<Standing>> elsewhere() {
        return doubt.identity().isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : TimeLimit.within(clock, ATTEMPT_LIMIT, "asking which cluster it is", injector::identity)
                        .thenApply(found -> found.filter(other -> !other.equals(doubt.identity()))
                                .map(this::elsewhere));
    }

    private Standing elsewhere(String found) {
        return new Standing(
                "the cluster that answers is not the one in which it was put in: that one's identity is "
                        + doubt.identity() + ", this one's is " + found,
                Optional.empty(),
                true);
    }

    /** What was seen to be in has come in, and is sent but once; so once it is out it stays out. */
    private CompletableFuture<Void> see(Duration open) {
        if (open.isZero() || wasSeen) {
            return CompletableFuture.completedFuture(null);
        }
        return TimeLimit.within(clock, ATTEMPT_LIMIT, "looking at " + change.object(), () -> injector.look(change))
                .thenAccept(presence -> wasSeen = presence.state() != Presence.State.GONE);
    }

    private CompletionStage<Optional<Optional<Standing>>> again(Throwable failure) {
        return Failures.unwrap(failure) instanceof MayStillComeException late ? later(late) : tryAgain(failure);
    }

    private CompletionStage<Optional<Optional<Standing>>> later(MayStillComeException late) {
        Instant certainAt = clock.now().plus(late.left());
        if (certainAt.isAfter(latest)) {
            return standing(late.getMessage(), Optional.of(certainAt));
        }
        deadline = laterOf(deadline, certainAt.plus(AFTERWARDS));
        if (!isToldToBeLate) {
            isToldToBeLate = true;
            failedAttempt.accept(late.getMessage() + "; looking again until that is certain");
        }
        return clock.after(LOOK_AGAIN).thenApply(waited -> Optional.empty());
    }

    private CompletionStage<Optional<Optional<Standing>>> tryAgain(Throwable failure) {
        Duration pause = backoff.next();
        String why = change.object() + " could not be taken out (attempt " + backoff.attempts() + "): "
                + Failures.words(failure);
        if (clock.now().plus(pause).isAfter(deadline)) {
            return standing(why, Optional.empty());
        }
        failedAttempt.accept(why + "; trying again");
        return clock.after(pause).thenApply(waited -> Optional.empty());
    }

    private static CompletionStage<Optional<Optional<Standing>>> standing(String why, Optional<Instant> certainAt) {
        return CompletableFuture.completedFuture(Optional.of(Optional.of(new Standing(why, certainAt, false))));
    }

    private static Instant laterOf(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
