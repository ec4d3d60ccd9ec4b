package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Checks a single field while it is being written, in a form say, in the words of an error about a whole file. */
public final class FieldCheck {

    private FieldCheck() {}

    /**
     * What is wrong with the value of a field; empty if nothing is.
     *
     * @param kind the kind of fault or threshold that the field belongs to, such as {@code httpAbort}; empty for a field
     *     of the experiment itself, by the name that it has when it is written flat
     * @param value a plain value; null for a field that is left out
     * @throws IllegalArgumentException if there is no such field
     */
    public static Optional<String> value(String kind, String name, Object value) {
        Field<?, ?> field = field(kind, name);
        if (value == null) {
            return field.required()
                    ? Optional.of("missing field " + Words.quote(name) + "; expected "
                            + field.type().expected())
                    : Optional.empty();
        }
        Problems problems = new Problems("", FlatFields::unfold);
        Node node = ValueTree.of(Map.of(name, value), problems).entries().get(0).value();
        field.type().read(node, name, new Reading(problems, "", Optional.empty()));
        return problems.first().map(problem -> place(problem, name) + problem.message());
    }

    /**
     * What is wrong with the name of a field; empty if it is one of the known ones.
     *
     * @param known in the order in which they are to be listed
     */
    public static Optional<String> name(String name, Collection<String> known) {
        return name("field", name, known);
    }

    /** The same for the name of something else, such as a {@code target}. */
    public static Optional<String> name(String what, String name, Collection<String> known) {
        Problems problems = new Problems("");
        if (!known.contains(name)) {
            problems.addUnknown(Location.WHOLE_FILE, "", what, name, known, Nearest.to(name, known));
        }
        return problems.first().map(Problem::message);
    }

    /** What is wrong with a word that should be one of a few; empty if nothing is. */
    public static Optional<String> word(String text, List<String> words) {
        Problems problems = new Problems("");
        WordType.of("", UnaryOperator.identity(), words)
                .read(
                        new Node.Scalar(Location.WHOLE_FILE, text, false),
                        "",
                        new Reading(problems, "", Optional.empty()));
        return problems.first().map(Problem::message);
    }

    private static Field<?, ?> field(String kind, String name) {
        if (kind.isEmpty()) {
            return FlatFields.field(name);
        }
        return ExperimentType.INSTANCE
                .kind(kind)
                .flatMap(map -> map.field(name).<Field<?, ?>>map(field -> field))
                .or(() -> FlatPods.field(kind, name))
                .orElseThrow(
                        () -> new IllegalArgumentException(Words.quote(kind) + " has no field " + Words.quote(name)));
    }

    /** Where within the field, if it holds more than one value. */
    private static String place(Problem problem, String name) {
        return problem.field().equals(name) ? "" : problem.field() + ": ";
    }
}
