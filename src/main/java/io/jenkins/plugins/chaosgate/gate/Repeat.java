package io.jenkins.plugins.chaosgate.gate;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A loop whose steps wait without holding a thread. */
final class Repeat {

    private Repeat() {}

    /** Repeats a step until it gives a result. Every step has to wait somewhere, or this never lets go of its thread. */
    static <T> CompletableFuture<T> until(Supplier<CompletionStage<Optional<T>>> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        again(step, result);
        return result;
    }

    private static <T> void again(Supplier<CompletionStage<Optional<T>>> step, CompletableFuture<T> result) {
        CompletionStage<Optional<T>> stage;
        try {
            stage = step.get();
        } catch (RuntimeException | Error e) {
            // An error that got away here would leave everybody waiting, with a fault in.
            result.completeExceptionally(e);
            return;
        }
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (value.isPresent()) {
                result.complete(value.get());
            } else {
                again(step, result);
            }
        });
    }
}
