package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Gathers what is wrong with one file, so that everything can be said at once. */
final class Problems {

    /** More than anybody reads; a file that is wrong everywhere ends here instead of filling the memory. */
    static final int MOST = 100;

    private static final Comparator<Problem> IN_ORDER_OF_THE_FILE = Comparator.<Problem>comparingInt(
                    problem -> problem.line() == 0 ? Integer.MAX_VALUE : problem.line())
            .thenComparingInt(Problem::column);

    private final String file;
    private final UnaryOperator<String> asWritten;
    private final List<Problem> found = new ArrayList<>();
    private int again;

    Problems(String file) {
        this(file, UnaryOperator.identity());
    }

    /** @param asWritten from a field's path in the language to the one that the author of the file wrote */
    Problems(String file, UnaryOperator<String> asWritten) {
        this.file = Words.unquoted(file);
        this.asWritten = asWritten;
    }

    /** Notes a problem that nothing comes near to. */
    void add(Location at, String field, String what, String expected) {
        add(at, field, what, expected, "");
    }

    /**
     * Notes a problem.
     *
     * @param nearest what was probably meant; empty where nothing comes near
     * @throws InvalidExperimentException when there are too many to go on
     */
    void add(Location at, String field, String what, String expected, String nearest) {
        found.add(new Problem(file, at.line(), at.column(), asWritten.apply(field), what, expected, nearest));
        if (found.size() == MOST) {
            throw fatal(Location.WHOLE_FILE, "", "found " + MOST + " problems, and stopped looking", "an experiment");
        }
    }

    /**
     * Notes a name that is none of the known ones.
     *
     * @param what what it should be the name of, such as a field
     * @param known in the order in which they are listed
     * @param nearest what was probably meant; empty where nothing comes near
     */
    void addUnknown(Location at, String field, String what, String name, Collection<String> known, String nearest) {
        add(at, field, "unknown " + what + " " + Words.quote(name), "one of " + Words.list(known), nearest);
    }

    /** Notes a problem after which nothing more can be read, and gives what is to be thrown. */
    InvalidExperimentException fatal(Location at, String field, String what, String expected) {
        found.add(new Problem(file, at.line(), at.column(), asWritten.apply(field), what, expected, ""));
        return all();
    }

    /** Notes that a value cannot be read for a reason that is noted already. */
    void again() {
        again++;
    }

    /** How often something was noted; a piece of the file is right if this is the same after it was read. */
    int count() {
        return found.size() + again;
    }

    /** The one that was noted first. */
    Optional<Problem> first() {
        return found.stream().findFirst();
    }

    /** Does nothing when there is no problem. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw all();
        }
    }

    private InvalidExperimentException all() {
        return new InvalidExperimentException(
                file, found.stream().sorted(IN_ORDER_OF_THE_FILE).toList());
    }
}
