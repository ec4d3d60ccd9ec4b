package io.jenkins.plugins.chaosgate.pipeline.life;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Calls that wait for an agent, on threads that nothing else runs on and for a limited time each: an agent that hangs costs
 * the build that asked it, and nobody else. An agent that hangs is one that is connected and does not answer, which may last.
 */
final class AgentCalls {

    /** Rings once, after a time; what rings is quick and never fails. */
    interface Alarm {
        /** Gives what takes the alarm back. */
        Future<?> after(Duration time, Runnable ring);
    }

    private final ExecutorService threads;
    private final Duration longest;
    private final Alarm alarm;

    /** @param longest how long one call may take, once it has a thread */
    AgentCalls(ExecutorService threads, Duration longest, Alarm alarm) {
        this.threads = threads;
        this.longest = longest;
        this.alarm = alarm;
    }

    /**
     * Makes a call; returns at once. The result fails as the call does, or because it takes too long; whoever completes it
     * before the call does takes the call back. In each of these cases the call's thread is interrupted.
     *
     * @param what is asked, for the message
     */
    <T> CompletableFuture<T> call(String what, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> running = threads.submit(() -> run(what, work, result));
        result.whenComplete((value, failure) -> running.cancel(true));
        return result;
    }

    private <T> void run(String what, Callable<T> work, CompletableFuture<T> result) {
        Future<?> bell = alarm.after(
                longest,
                () -> result.completeExceptionally(new IOException(what + " took longer than " + longest.toSeconds()
                        + " s: the agent does not answer; look at its connection, or build on another")));
        try {
            result.complete(work.call());
        } catch (Throwable failure) {
            // Whatever it was, somebody waits to hear of it.
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            result.completeExceptionally(failure);
        } finally {
            bell.cancel(false);
        }
    }
}
