package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A single value with a syntax of its own. Its text is all that counts: {@code 100} and {@code "100"} are the same, so
 * that a value may come from a variable in JSON as well.
 */
abstract class ScalarType<T> implements Type<T> {

    private final String name;
    private final String expected;

    /**
     * @param name its name among the definitions of the schema, and in the reference
     * @param expected what a right value looks like
     */
    ScalarType(String name, String expected) {
        this.name = name;
        this.expected = expected;
    }

    /** The value of a text; never null. */
    abstract Parsed<T> parse(String text, Reading in);

    /** The text or number that gives this value when it is read. */
    abstract JsonNode format(T value);

    /** The forms that it may have, as JSON Schema describes them. */
    abstract List<ObjectNode> forms();

    /** A wrong text as an error shows it. */
    String show(String text) {
        return Words.quote(text);
    }

    @Override
    public final Optional<T> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isNull()) {
            in.refuse(node, path, expected);
            return Optional.empty();
        }
        Parsed<T> parsed = parse(scalar.text(), in);
        if (parsed.value().isEmpty()) {
            String wanted = parsed.expected().isEmpty() ? expected : parsed.expected();
            in.problems().add(scalar.at(), path, "found " + show(scalar.text()), wanted, parsed.nearest());
        }
        return parsed.value();
    }

    @Override
    public final JsonNode write(T value) {
        JsonNode written = format(value);
        return written.isTextual() ? Json.text(Variables.escape(written.textValue())) : written;
    }

    @Override
    public final ObjectNode schema(Definitions definitions) {
        return definitions.reference(name, () -> {
            ObjectNode schema = Json.object().put("title", name).put("description", expected);
            ArrayNode forms = schema.putArray("anyOf");
            forms().forEach(forms::add);
            forms.add(definitions.reference("variable", ScalarType::variable));
            return schema;
        });
    }

    @Override
    public String expected() {
        return expected;
    }

    private static ObjectNode variable() {
        return Json.object()
                .put("title", "variable")
                .put("description", "a text with ${NAME}, whose value is put in before it is read")
                .put("type", "string")
                .put("pattern", "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}");
    }
}
