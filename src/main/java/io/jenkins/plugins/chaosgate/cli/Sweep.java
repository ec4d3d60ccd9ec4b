package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.Undo;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.report.Clean;
import java.time.Duration;
import java.util.List;
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

    /** Whether it is out. */
    boolean remove(Remnant remnant) {
        return remnant.entry().isPresent() ? undo(remnant, remnant.entry().get()) : rollback(remnant);
    }

    private boolean undo(Remnant remnant, JournalEntry entry) {
        Undo.Result result = new Undo(mesh, journal, clock)
                .undo(entry, BUDGET)
                .toCompletableFuture()
                .join();
        if (!result.out()) {
            stillIn(remnant, result.trouble().orElse(""), result.undoCommands());
            return false;
        }
        String done = remnant.isIn() ? "removed " : "was gone already: ";
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
