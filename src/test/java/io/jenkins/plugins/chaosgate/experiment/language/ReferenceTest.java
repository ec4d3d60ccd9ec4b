package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference tells what the schema tells, and its examples are experiments. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("docs/experiment.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void hasARowForEveryFieldAndNoOther() throws IOException {
        List<String> rows = Files.readString(REFERENCE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(rows());
    }

    @Test
    void showsOnlyExperimentsThatAreRight() throws IOException {
        List<String> examples = YAML.matcher(Files.readString(REFERENCE))
                .results()
                .map(result -> result.group(1))
                .filter(yaml -> yaml.startsWith("name:"))
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(yaml -> assertThat(Try.lines(yaml))
                .isEmpty());
    }

    @Test
    void showsErrorsAsTheyAre() throws IOException {
        String text = Files.readString(REFERENCE);
        MatchResult wrong = YAML.matcher(text)
                .results()
                .filter(result -> result.group(1).startsWith("# chaos/wrong.yaml"))
                .findFirst()
                .orElseThrow();
        InvalidExperimentException expected = catchThrowableOfType(
                InvalidExperimentException.class,
                () -> ExperimentReader.read("chaos/wrong.yaml", wrong.group(1), Map.of()));

        assertThat(text).contains(expected.getMessage());
    }

    /** One row for each field, and for each type of a single value; what several maps have in common comes once. */
    private static Set<String> rows() {
        ObjectNode schema = ExperimentSchema.generate();
        Set<String> rows = new LinkedHashSet<>();
        addFields(schema, rows);
        schema.get("$defs").forEach(definition -> {
            if (definition.has("properties")) {
                addFields(definition, rows);
            } else {
                rows.add(row(
                        definition.get("title").asText(),
                        definition.get("description").asText()));
            }
        });
        return rows;
    }

    private static void addFields(JsonNode map, Set<String> rows) {
        boolean choosesAKind = map.has("maxProperties");
        Set<String> required = new HashSet<>();
        map.path("required").forEach(name -> required.add(name.asText()));
        map.get("properties").properties().forEach(field -> {
            JsonNode described = field.getValue();
            String doc = described.get("description").asText();
            rows.add(
                    choosesAKind
                            ? row(field.getKey(), doc)
                            : row(
                                    field.getKey(),
                                    type(described),
                                    otherwise(described, required, field.getKey()),
                                    doc));
        });
    }

    private static String row(String name, String... cells) {
        return "| `" + name + "` | " + String.join(" | ", cells) + " |";
    }

    private static String type(JsonNode described) {
        return described.has("$ref")
                ? lastWord(described.get("$ref"))
                : "list of " + lastWord(described.at("/items/$ref"));
    }

    private static String otherwise(JsonNode described, Set<String> required, String name) {
        if (required.contains(name)) {
            return "required";
        }
        JsonNode preset = described.get("default");
        return preset == null
                ? ""
                : preset.isObject() ? "its presets" : "`" + preset.toString().replace("\"", "") + "`";
    }

    private static String lastWord(JsonNode reference) {
        return reference.asText().replaceFirst(".*/", "");
    }
}
