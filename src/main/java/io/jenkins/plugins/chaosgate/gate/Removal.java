package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes one change out: again and again, with growing pauses, until the cluster no longer shows it or time is up. */
final class Removal {

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(15);

    private final FaultInjector injector;
    private final GateClock clock;
    private final Consumer<String> failedAttempt;
    private final Change change;
    private final Instant deadline;
    private final Backoff backoff = new Backoff();

    /** @param failedAttempt told of each attempt that failed and will be made again */
    Removal(FaultInjector injector, GateClock clock, Consumer<String> failedAttempt, Change change, Instant deadline) {
        this.injector = injector;
        this.clock = clock;
        this.failedAttempt = failedAttempt;
        this.change = change;
        this.deadline = deadline;
    }

    /** Empty when the change is out; why it is not when the time to try is over. Never fails. */
    CompletableFuture<Optional<String>> run() {
        return Repeat.until(this::attempt);
    }

    private CompletableFuture<Optional<Optional<String>>> attempt() {
        return TimeLimit.within(clock, ATTEMPT_LIMIT, "taking out " + change.object(), () -> injector.rollback(change))
                .handle((done, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> failure.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.of(Optional.empty()))
                        : again(failure.get()));
    }

    private CompletableFuture<Optional<Optional<String>>> again(Throwable failure) {
        Duration pause = backoff.next();
        String why = change.object() + " could not be taken out (attempt " + backoff.attempts() + "): "
                + Failures.words(failure);
        if (clock.now().plus(pause).isAfter(deadline)) {
            return CompletableFuture.completedFuture(Optional.of(Optional.of(why)));
        }
        failedAttempt.accept(why + "; trying again");
        return clock.after(pause).thenApply(waited -> Optional.empty());
    }
}
