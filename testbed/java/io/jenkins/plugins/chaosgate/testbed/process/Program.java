package io.jenkins.plugins.chaosgate.testbed.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that can be started: a name of its own among the programs of a bed (its log is NAME.log), the command line, and
 * what is added to the environment.
 */
public record Program(String name, List<String> command, Map<String, String> environment) {

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A program without arguments yet; add them with {@link #with}. */
    public static Program of(String name, Object executable) {
        return new Program(name, List.of(executable.toString()), Map.of());
    }

    /** This program with more arguments, each as its text. */
    public Program with(Object... arguments) {
        List<String> more = new ArrayList<>(command);
        for (Object argument : arguments) {
            more.add(argument.toString());
        }
        return new Program(name, more, environment);
    }

    /** This program with one more variable in its environment. */
    public Program env(String variable, Object value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value.toString());
        return new Program(name, command, more);
    }
}
