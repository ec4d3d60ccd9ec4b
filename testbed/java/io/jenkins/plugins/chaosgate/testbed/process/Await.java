package io.jenkins.plugins.chaosgate.testbed.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits until a condition holds, looking every 20 milliseconds until a deadline. */
public final class Await {

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /**
     * Returns once the condition holds.
     *
     * @param what what is awaited, as the end of "timed out: expected …"
     * @throws IllegalStateException when it does not hold in time; an exception of its last try is the cause
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        until(what, limit, condition, () -> "");
    }

    /** Like {@link #until(String, Duration, Callable)}; {@code details} are added to the message when time is up. */
    public static void until(String what, Duration limit, Callable<Boolean> condition, Supplier<String> details) {
        long deadline = System.nanoTime() + limit.toNanos();
        Exception lastFailure = null;
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
                lastFailure = null;
            } catch (Exception failure) { // not there yet: often a refused connection
                lastFailure = failure;
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting: " + what);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "timed out after %d s: expected %s%s".formatted(limit.toSeconds(), what, details.get()),
                        lastFailure);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
