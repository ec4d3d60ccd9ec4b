package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Time, as a gate knows it; tests turn it by hand. */
public interface GateClock {

    Instant now();

    /** Completes once that much time has passed, without holding a thread; cancelling it is harmless. */
    CompletableFuture<Void> after(Duration delay);
}
