package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The clock of the machine. The timer only rings: what follows runs on the executor. */
public final class SystemClock implements GateClock {

    private final ScheduledExecutorService timer;
    private final Executor executor;

    /**
     * @param timer rings; may be shared, is never worked on
     * @param executor what waited goes on there
     */
    public SystemClock(ScheduledExecutorService timer, Executor executor) {
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        CompletableFuture<Void> rung = new CompletableFuture<>();
        try {
            timer.schedule(() -> rung.completeAsync(() -> null, executor), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            rung.completeExceptionally(e);
        }
        return rung;
    }
}
