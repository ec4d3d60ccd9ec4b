package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.Lateness;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(15);

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
     * @param out whether nothing is left to do: the cluster, asked again, no longer shows the change, and it cannot come in any
     *     more; or, for one that rolls the canary back, it is certain what became of it
     * @param trouble why it may still be in; where it is out, why the entry could not be closed; empty where all is well
     * @param undoCommands what a person would run to take it out by hand; empty where it is out
     * @param canary what became of the canary, for a change that was to roll it back; empty for any other
     * @param certainAt where the cluster does not show the change, but whoever asked for it died without an answer: when it is
     *     certain that it does not come in any more; empty where time decides nothing
     * @param isElsewhere whether the cluster that answers is another one than that of the entry, which so says nothing of it
     */
    public record Result(
            JournalEntry entry,
            boolean out,
            Optional<String> trouble,
            List<String> undoCommands,
            Optional<String> canary,
            Optional<Instant> certainAt,
            boolean isElsewhere) {

        public Result {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(trouble, "trouble");
            undoCommands = List.copyOf(undoCommands);
            Objects.requireNonNull(canary, "canary");
            Objects.requireNonNull(certainAt, "certainAt");
        }
    }

    /**
     * Tries to take the change out, again and again, and closes its entry once the cluster no longer shows it and it cannot come
     * in any more; for that it is not waited beyond the budget. What rolls the canary back is never taken out, nor finished so
     * late: it is said what became of it.
     *
     * @param budget for how long it is tried; an attempt that has begun is waited for
     * @return never fails: what goes wrong is in the result
     */
    public CompletionStage<Result> undo(JournalEntry entry, Duration budget) {
        if (entry.change().rollsCanaryBack()) {
            return settle(entry);
        }
        return new Removal(
                        injector,
                        clock,
                        attempt -> {},
                        entry.change(),
                        clock.now().plus(budget),
                        Duration.ZERO,
                        Doubt.of(entry))
                .run()
                .thenCompose(standing -> standing.isPresent()
                        ? CompletableFuture.completedFuture(stillIn(entry, standing.get()))
                        : close(entry, Optional.empty()));
    }

    private CompletionStage<Result> settle(JournalEntry entry) {
        // To be known before it is looked at: what is carried out afterwards is not seen.
        Optional<Instant> certainAt = Optional.of(Lateness.certainAt(entry)).filter(clock.now()::isBefore);
        CanaryKeeper keeper = injector.canaryKeeper();
        return TimeLimit.within(
                        clock, LOOK_LIMIT, "looking at " + entry.change().object(), () -> keeper.look(entry.change()))
                .handle((standing, failure) -> {
                    if (failure != null) {
                        return untold(entry, Failures.words(failure), Optional.empty());
                    }
                    return certainAt.isPresent() && standing.state() == CanaryStanding.State.OPEN
                            ? untold(entry, "a request to do so may still be under way", certainAt)
                            : close(entry, Optional.of(words(keeper.read(entry.change()), standing)));
                })
                .thenCompose(result -> result);
    }

    private static CompletionStage<Result> untold(JournalEntry entry, String why, Optional<Instant> certainAt) {
        return CompletableFuture.completedFuture(new Result(
                entry,
                false,
                Optional.of("nobody could tell whether the canary was rolled back: " + why),
                List.of(),
                Optional.empty(),
                certainAt,
                false));
    }

    private static String words(CanaryStep step, CanaryStanding standing) {
        if (standing.isBack()) {
            return "rolled back: " + step.words();
        }
        return "its gate ended before the canary was rolled back, " + step.words()
                + (standing.state() == CanaryStanding.State.OPEN
                        ? "; to do it now, run: " + String.join(" ; ", step.commands())
                        : ", and it is left alone: " + standing.detail());
    }

    private Result stillIn(JournalEntry entry, Removal.Standing standing) {
        return new Result(
                entry,
                false,
                Optional.of(standing.why()),
                injector.undoCommands(entry.change()),
                Optional.empty(),
                standing.certainAt(),
                standing.isElsewhere());
    }

    private CompletionStage<Result> close(JournalEntry entry, Optional<String> canary) {
        return TimeLimit.within(
                        clock,
                        JOURNAL_LIMIT,
                        "striking " + entry.change().object() + " out of the journal",
                        () -> journal.close(entry.change()))
                .handle((closed, failure) -> new Result(
                        entry,
                        true,
                        Optional.ofNullable(failure).map(Failures::words),
                        List.of(),
                        canary,
                        Optional.empty(),
                        false));
    }
}
