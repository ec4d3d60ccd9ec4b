package io.jenkins.plugins.chaosgate.simulation;

import io.jenkins.plugins.chaosgate.gate.VirtualClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Threads that take turns: of all of them, and the one that turns the clock, just one runs at a time. So code that blocks
 * runs on virtual time, in the same order each time.
 */
final class Turns {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulated-call");
        thread.setDaemon(true);
        return thread;
    });

    private final VirtualClock clock;
    private final Semaphore back = new Semaphore(0);

    Turns(VirtualClock clock) {
        this.clock = clock;
    }

    /** Runs a task on a thread of its own from then on, once whoever turns the clock comes to it. */
    void start(Duration delay, Runnable task) {
        clock.after(delay).thenRun(() -> {
            THREADS.execute(() -> {
                try {
                    task.run();
                } finally {
                    back.release();
                }
            });
            back.acquireUninterruptibly();
        });
    }

    /** Lets that much time pass for the thread that calls this, which {@link #start} has to have started. */
    void pause(Duration duration) {
        Semaphore turn = new Semaphore(0);
        clock.after(duration).thenRun(() -> {
            turn.release();
            back.acquireUninterruptibly();
        });
        back.release();
        turn.acquireUninterruptibly();
    }
}
