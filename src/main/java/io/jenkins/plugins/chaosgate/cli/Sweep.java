package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.Undo;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.report.Clean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes out what is left of gates, one after another, and says what it did. */
final class Sweep {

    /** For how long each entry of the journal is tried to be taken out. */
    private static final Duration BUDGET = Duration.ofSeconds(15);

    private final FaultInjector mesh;
    private final Journal journal;
    private final GateClock clock;
    private final Surroundings surroundings;

    Sweep(FaultInjector mesh, Journal journal, GateClock clock, Surroundings surroundings) {
        this.mesh = mesh;
        this.journal = journal;
        this.clock = clock;
        this.surroundings = surroundings;
    }

    /** Says what would be done; whether there is something to take out. */
    boolean wouldRemove(Remnant remnant) {
        if (remnant.change().rollsCanaryBack()) {
            surroundings.out().println("would look what became of the canary's " + remnant.words());
            return false;
        }
        surroundings
                .out()
                .println(
                        remnant.isIn()
                                ? "would remove " + remnant.words()
                                : "would make sure that it is gone: " + remnant.words());
        return remnant.isIn();
    }

    /**
     * Takes all out, one after another, and then waits for what is not there but may still come in, until that is certain.
     *
     * @return whether all is out
     */
    boolean removeAll(List<Remnant> remnants) {
        List<Late> late = new ArrayList<>();
        boolean all = true;
        for (Remnant remnant : remnants) {
            if (remnant.entry().isEmpty()) {
                all &= rollback(remnant);
                continue;
            }
            Undo.Result result = undo(remnant, BUDGET).join();
            if (result.certainAt().isPresent()) {
                late.add(new Late(remnant, result.certainAt().get()));
            } else {
                all &= isOut(remnant, result, remnant.isIn() ? "removed " : "was gone already: ");
            }
        }
        return awaitAll(late) && all;
    }

    /** What may still come in until then. */
    private record Late(Remnant remnant, Instant certainAt) {}

    /** All at once, so that what does come in is taken out at once. */
    private boolean awaitAll(List<Late> late) {
        List<CompletableFuture<Undo.Result>> results = late.stream()
                .map(one -> {
                    surroundings
                            .out()
                            .println("may still come in, so looking until " + one.certainAt() + ": "
                                    + one.remnant().words());
                    return undo(
                            one.remnant(),
                            Duration.between(clock.now(), one.certainAt()).plus(BUDGET));
                })
                .toList();
        boolean all = true;
        for (int i = 0; i < late.size(); i++) {
            all &= isOut(late.get(i).remnant(), results.get(i).join(), "made sure that it is gone: ");
        }
        return all;
    }

    private CompletableFuture<Undo.Result> undo(Remnant remnant, Duration budget) {
        return new Undo(mesh, journal, clock)
                .undo(remnant.entry().orElseThrow(), budget)
                .toCompletableFuture();
    }

    private boolean isOut(Remnant remnant, Undo.Result result, String done) {
        JournalEntry entry = result.entry();
        if (result.isElsewhere()) {
            surroundings
                    .err()
                    .println("error: not looked for, and kept in the journal: " + remnant.words() + ": "
                            + Clean.line(result.trouble().orElse("")));
            return false;
        }
        if (!result.out()) {
            stillIn(remnant, result.trouble().orElse(""), result.undoCommands());
            return false;
        }
        surroundings
                .out()
                .println(result.canary()
                        .map(words -> "the canary of gate " + entry.ticket().id() + ": " + Clean.line(words))
                        .orElse(done + remnant.words()));
        result.trouble()
                .ifPresent(why -> surroundings.err().println("warning: still in the journal: " + Clean.line(why)));
        return true;
    }

    private boolean rollback(Remnant remnant) {
        try {
            mesh.rollback(remnant.change()).toCompletableFuture().join();
            surroundings.out().println("removed " + remnant.words());
            return true;
        } catch (CompletionException e) {
            stillIn(remnant, Failure.words(e), mesh.undoCommands(remnant.change()));
            return false;
        }
    }

    private void stillIn(Remnant remnant, String why, List<String> undoCommands) {
        surroundings.err().println("error: still in: " + remnant.words() + ": " + Clean.line(why));
        undoCommands.forEach(command -> surroundings.err().println("  run: " + Clean.line(command)));
    }
}
