package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The world may keep silent; a gate may not wait for it for ever. */
final class TimeLimit {

    private TimeLimit() {}

    /**
     * The stage of a call, but it fails with a {@link TimeoutException} when it takes longer. Also a call that throws
     * instead of failing its stage ends here.
     *
     * @param what what is waited for, in words
     */
    static <T> CompletableFuture<T> within(
            GateClock clock, Duration limit, String what, Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            call.get().whenComplete((value, failure) -> settle(result, value, failure));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
        if (!result.isDone()) {
            CompletableFuture<Void> alarm = clock.after(limit);
            alarm.thenRun(() -> result.completeExceptionally(
                    new TimeoutException(what + ": no answer within " + limit.toMillis() + " ms")));
            result.whenComplete((value, failure) -> alarm.cancel(false));
        }
        return result;
    }

    /** Completes a future as a stage did. */
    static <T> void settle(CompletableFuture<T> result, T value, Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
