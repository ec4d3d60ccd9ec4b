package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;

/**
 * One change to an object of the user's that rolls the canary back.
 *
 * @param change of the purpose {@link Change.Purpose#CANARY}; holds all that another process needs to go on with it
 * @param words what becomes of what: {@code Deployment bookinfo/reviews-v2 to revision 3}
 * @param commands what a person would run to do the same by hand
 * @param undoCommands what a person would run to take it back once it is done
 */
public record CanaryStep(Change change, String words, List<String> commands, List<String> undoCommands) {

    public CanaryStep {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(words, "words");
        commands = List.copyOf(commands);
        undoCommands = List.copyOf(undoCommands);
    }
}
