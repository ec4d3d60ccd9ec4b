package io.jenkins.plugins.chaosgate.simulation;

import io.jenkins.plugins.chaosgate.gate.VirtualClock;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One process of a controller. Once it is dead, nothing that it still does has any effect. */
final class Life {

    /** What the command line and Jenkins allow. */
    private static final int CALLS_AT_ONCE = 8;

    private final VirtualClock clock;
    private final Turns turns;
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Life(VirtualClock clock, Turns turns) {
        this.clock = clock;
        this.turns = turns;
    }

    /** Ends a thread of a process that is dead. */
    static final class Dead extends Error {
        private static final long serialVersionUID = 1L;
    }

    boolean isDead() {
        return death.isDone();
    }

    CompletableFuture<Void> death() {
        return death;
    }

    void die() {
        death.complete(null);
    }

    /** Lets time pass for a thread of this process, which does not outlive it. */
    void pause(Duration duration) {
        turns.pause(duration);
        if (isDead()) {
            throw new Dead();
        }
    }

    /** Runs blocking calls, a few at once. */
    Executor calls(Duration delay) {
        return task -> {
            if (!isDead()) {
                turns.start(delay, () -> {
                    waiting.add(task);
                    next();
                });
            }
        };
    }

    private void next() {
        while (running < CALLS_AT_ONCE && !waiting.isEmpty() && !isDead()) {
            running++;
            try {
                waiting.poll().run();
            } finally {
                running--;
            }
        }
    }

    GateClock clock() {
        return new GateClock() {
            @Override
            public Instant now() {
                return clock.now();
            }

            @Override
            public CompletableFuture<Void> after(Duration delay) {
                CompletableFuture<Void> rung = new CompletableFuture<>();
                clock.after(delay).thenRun(() -> {
                    if (!isDead()) {
                        rung.complete(null);
                    }
                });
                return rung;
            }
        };
    }

    /**
     * The journal as this process sees it.
     *
     * @param moment comes before and after each write, and may be the last of this process
     */
    Journal using(Journal journal, Runnable moment) {
        return new Journal() {
            @Override
            public CompletionStage<Void> open(GateTicket ticket, Change change) {
                return write(() -> journal.open(ticket, change));
            }

            @Override
            public CompletionStage<Void> close(Change change) {
                return write(() -> journal.close(change));
            }

            @Override
            public CompletionStage<Void> answered(Change change) {
                return write(() -> journal.answered(change));
            }

            @Override
            public CompletionStage<List<JournalEntry>> list() {
                return isDead() ? new CompletableFuture<>() : journal.list();
            }

            private CompletionStage<Void> write(Supplier<CompletionStage<Void>> call) {
                if (!isDead()) {
                    moment.run();
                }
                if (isDead()) {
                    return new CompletableFuture<>();
                }
                CompletionStage<Void> written = call.get();
                moment.run();
                return isDead() ? new CompletableFuture<>() : written;
            }
        };
    }
}
