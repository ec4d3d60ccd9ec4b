package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in plain words what the YAML parser complains about. */
final class YamlComplaints {

    /** What the parser says, in part, and what it means to the writer of a file; the first that fits counts. */
    private record Translation(String part, String meaning) {}

    private static final List<Translation> TRANSLATIONS = List.of(
            new Translation("\\t", "found a tab; indent with spaces"),
            new Translation(
                    "mapping values are not allowed",
                    "found a ':' where no field can begin; quote a text that holds"
                            + " one, and indent the fields of one map alike"),
            new Translation(
                    "expected <block end>",
                    "found a line that is indented differently from the fields beside it, or text after a closed quote or"
                            + " bracket"),
            new Translation("found unexpected end of stream", "found the end of the file inside of a quoted text"),
            new Translation("could not find expected ':'", "found a line that is neither 'field: value' nor '- item'"),
            new Translation("expected ',' or '}'", "found no ',' or '}' where a map in braces goes on or ends"),
            new Translation("expected ',' or ']'", "found no ',' or ']' where a list in brackets goes on or ends"),
            new Translation(
                    "unknown escape character", "found an unknown escape after '\\'; use single quotes, or '\\\\'"),
            new Translation("cannot start any token", "found a character that cannot begin a value; quote the text"),
            new Translation("expected the node content", "found no value where one is due"));

    private YamlComplaints() {}

    /**
     * @param line the line of the file on which the parser gave up
     */
    static String inPlainWords(MarkedYAMLException complaint, String line) {
        String said = complaint.getProblem() == null ? "an error" : complaint.getProblem();
        String hint = line.contains("${") ? " (a ${VARIABLE} inside braces or brackets needs quotes)" : "";
        return TRANSLATIONS.stream()
                        .filter(translation -> said.contains(translation.part()))
                        .findFirst()
                        .map(Translation::meaning)
                        .orElseGet(() -> "not YAML: " + Words.unquoted(said))
                + hint;
    }
}
