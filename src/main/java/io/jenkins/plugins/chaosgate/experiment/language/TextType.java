package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Words for people, or a query: anything that can be shown, without blanks around it. */
final class TextType extends ScalarType<String> {

    private final int most;
    private final boolean manyLines;

    private TextType(String name, int most, boolean manyLines, String expected) {
        super(name, expected);
        this.most = most;
        this.manyLines = manyLines;
    }

    static TextType line() {
        return new TextType("line", 200, false, "a line of text of at most 200 characters");
    }

    static TextType query() {
        return new TextType("query", 16_384, true, "a PromQL query of at most 16384 characters");
    }

    @Override
    Parsed<String> parse(String text, Reading in) {
        String stripped = text.strip();
        boolean right = !stripped.isEmpty()
                && stripped.length() <= most
                && stripped.codePoints().allMatch(this::mayStand);
        return right ? Parsed.of(stripped) : Parsed.wrong();
    }

    @Override
    JsonNode format(String value) {
        return Json.text(value);
    }

    @Override
    List<ObjectNode> forms() {
        ObjectNode form = Json.object();
        ArrayNode types = form.putArray("type").add("string");
        if (!manyLines) {
            types.add("number").add("boolean"); // A YAML editor takes the name 42 for a number.
        }
        return List.of(form.put("minLength", 1).put("maxLength", most));
    }

    private boolean mayStand(int character) {
        return Words.isShowable(character) || manyLines && (character == '\n' || character == '\t');
    }
}
