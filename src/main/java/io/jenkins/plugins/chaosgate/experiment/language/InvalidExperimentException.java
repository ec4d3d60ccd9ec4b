package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A file is no experiment; holds everything that is wrong with it, in the order of the file. */
public final class InvalidExperimentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ArrayList<Problem> problems;

    InvalidExperimentException(String file, List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining(
                        System.lineSeparator(),
                        file + " has " + (problems.size() == 1 ? "a problem:" : problems.size() + " problems:")
                                + System.lineSeparator(),
                        "")));
        this.problems = new ArrayList<>(problems);
    }

    /** At least one; unmodifiable. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
