package io.jenkins.plugins.chaosgate.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the program finds around itself.
 *
 * @param environment the environment's variables
 * @param out what was asked for
 * @param err what went wrong
 * @param terminal whether a person looks at {@code out} on a terminal that understands escape sequences
 * @param world opens the way to mesh and Prometheus
 */
record Surroundings(
        Map<String, String> environment, PrintStream out, PrintStream err, boolean terminal, Supplier<World> world) {

    /** A variable that is set and not blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
