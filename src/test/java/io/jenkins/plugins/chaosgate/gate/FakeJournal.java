package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A journal in memory, that outlives the gates of a test and can be told to misbehave. */
public final class FakeJournal implements Journal {

    /** What is open, by object. */
    public final Map<String, JournalEntry> entries = new LinkedHashMap<>();
    /** {@code "open Job bookinfo/x"}, {@code "close …"}: where calls are written to, in order. */
    public List<String> calls = new ArrayList<>();
    /** Decides for a call what it answers; null: as usual. */
    public Function<String, CompletionStage<Void>> misbehave = call -> null;
    /** Whether a call that fails has had its effect all the same. */
    public boolean effectDespiteFailure;
    /** Whether it cannot be listed. */
    public boolean unreadable;

    private final VirtualClock clock;

    public FakeJournal(VirtualClock clock) {
        this.clock = clock;
    }

    private CompletionStage<Void> call(String name, Runnable effect) {
        calls.add(name);
        CompletionStage<Void> other = misbehave.apply(name);
        if (other == null || effectDespiteFailure) {
            effect.run();
        }
        return other == null ? CompletableFuture.completedFuture(null) : other;
    }

    @Override
    public CompletionStage<Void> open(GateTicket ticket, Change change) {
        JournalEntry entry = new JournalEntry("test", ticket, change, clock.now());
        return call("open " + change.object(), () -> entries.put(key(change), entry));
    }

    @Override
    public CompletionStage<Void> close(Change change) {
        return call("close " + change.object(), () -> entries.remove(key(change)));
    }

    @Override
    public CompletionStage<Void> answered(Change change) {
        entries.computeIfPresent(key(change), (key, entry) -> entry.asAnswered());
        return CompletableFuture.completedFuture(null);
    }

    private static String key(Change change) {
        return change.object() + (change.rollsCanaryBack() ? " canary" : "");
    }

    @Override
    public CompletionStage<List<JournalEntry>> list() {
        if (unreadable) {
            return CompletableFuture.failedFuture(new IllegalStateException("read-only"));
        }
        List<JournalEntry> newestFirst = new ArrayList<>(entries.values());
        java.util.Collections.reverse(newestFirst);
        return CompletableFuture.completedFuture(newestFirst);
    }
}
