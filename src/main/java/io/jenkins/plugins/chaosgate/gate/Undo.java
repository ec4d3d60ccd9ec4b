package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes out what a gate left behind, by the journal: for whoever comes after a crash. Also harmless where nothing is left,
 * and where somebody else does the same.
 */
public final class Undo {

    private static final Duration JOURNAL_LIMIT = Duration.ofSeconds(10);

    private final FaultInjector injector;
    private final Journal journal;
    private final GateClock clock;

    /**
     * @param injector of the journal's cluster
     * @param journal where the entries are closed
     */
    public Undo(FaultInjector injector, Journal journal, GateClock clock) {
        this.injector = injector;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What became of an entry.
     *
     * @param out whether the cluster, asked again, no longer shows the change
     * @param trouble why it may still be in; where it is out, why the entry could not be closed; empty where all is well
     * @param undoCommands what a person would run to take it out by hand; empty where it is out
     */
    public record Result(JournalEntry entry, boolean out, Optional<String> trouble, List<String> undoCommands) {

        public Result {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(trouble, "trouble");
            undoCommands = List.copyOf(undoCommands);
        }
    }

    /**
     * Tries to take the change out, again and again, and closes its entry once the cluster no longer shows it.
     *
     * @param budget for how long it is tried; an attempt that has begun is waited for
     * @return never fails: what goes wrong is in the result
     */
    public CompletionStage<Result> undo(JournalEntry entry, Duration budget) {
        return new Removal(
                        injector,
                        clock,
                        attempt -> {},
                        entry.change(),
                        clock.now().plus(budget))
                .run()
                .thenCompose(standing -> standing.isPresent()
                        ? CompletableFuture.completedFuture(stillIn(entry, standing))
                        : close(entry));
    }

    private Result stillIn(JournalEntry entry, Optional<String> why) {
        return new Result(entry, false, why, injector.undoCommands(entry.change()));
    }

    private CompletionStage<Result> close(JournalEntry entry) {
        return TimeLimit.within(
                        clock,
                        JOURNAL_LIMIT,
                        "striking " + entry.change().object() + " out of the journal",
                        () -> journal.close(entry.change()))
                .handle((closed, failure) ->
                        new Result(entry, true, Optional.ofNullable(failure).map(Failures::words), List.of()));
    }
}
