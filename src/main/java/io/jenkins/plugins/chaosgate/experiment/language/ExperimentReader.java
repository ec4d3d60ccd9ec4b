package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads an experiment from a file of YAML or JSON or from plain values, or says everything that is wrong with it. */
public final class ExperimentReader {

    private ExperimentReader() {}

    /**
     * Reads the bytes of a file, which must be UTF-8.
     *
     * @param fileName for errors; a name that ends in {@code .json} makes it JSON, any other YAML
     * @param variables the values for <code>${NAME}</code> in the file; each must be used
     * @throws InvalidExperimentException with all problems, if there is any
     */
    public static Experiment read(String fileName, byte[] bytes, Map<String, String> variables) {
        Problems problems = new Problems(fileName);
        return read(fileName, SourceText.decode(bytes, problems), variables, problems);
    }

    /** The same for the text of a file. */
    public static Experiment read(String fileName, String text, Map<String, String> variables) {
        Problems problems = new Problems(fileName);
        return read(fileName, SourceText.check(text, problems), variables, problems);
    }

    private static Experiment read(String fileName, String text, Map<String, String> variables, Problems problems) {
        boolean isJson = fileName.toLowerCase(Locale.ROOT).endsWith(".json");
        Node parsed = isJson ? JsonTree.parse(text, problems) : YamlTree.parse(text, problems);
        if (parsed == null) {
            throw problems.fatal(Location.WHOLE_FILE, "", "found nothing", ExperimentType.INSTANCE.expected());
        }
        return read(Variables.replace(parsed, variables, problems), problems);
    }

    /**
     * Reads plain values, as a script or a form has them: maps, lists, texts, numbers and truth values. They are written
     * flat: the fields of {@code target} and {@code watch} stand beside the others, and problems name them so. Nothing is
     * put in for variables, since whoever made the values has variables of its own.
     *
     * @param source for errors: what was given the values
     * @throws InvalidExperimentException with all problems, if there is any
     */
    public static Experiment readFlat(String source, Map<String, ?> values) {
        Problems problems = new Problems(source, FlatFields::unfold);
        return read(FlatFields.fold(ValueTree.of(values, problems), problems), problems);
    }

    private static Experiment read(Node tree, Problems problems) {
        Reading in = new Reading(problems, namespace(tree), duration(tree));
        Optional<Experiment> experiment = ExperimentType.INSTANCE.read(tree, "", in);
        problems.throwIfAny();
        return experiment.orElseThrow(() -> new IllegalStateException("no experiment, and no problem either"));
    }

    /** Looked up ahead, since services may be named before the target is. */
    private static String namespace(Node tree) {
        return text(tree, "target", TargetType.NAMESPACE).orElse("");
    }

    /** Looked up ahead, since thresholds stand before the watch that they must fit into. */
    private static Optional<Duration> duration(Node tree) {
        return text(tree, "watch", WatchType.DURATION)
                .flatMap(text -> WatchType.ANY.parse(text, null).value());
    }

    private static Optional<String> text(Node tree, String map, Field<?, ?> field) {
        return find(tree, map)
                .flatMap(inner -> find(inner, field.name()))
                .filter(Node.Scalar.class::isInstance)
                .map(scalar -> ((Node.Scalar) scalar).text());
    }

    private static Optional<Node> find(Node node, String name) {
        return node instanceof Node.Fields map ? map.find(name) : Optional.empty();
    }
}
