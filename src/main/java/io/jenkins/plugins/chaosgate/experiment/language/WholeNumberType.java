package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** A whole number within a range. */
final class WholeNumberType extends ScalarType<Integer> {

    private static final Pattern WRITTEN = Pattern.compile("[0-9]{1,10}");

    private final int least;
    private final int most;

    /** @param what what it counts, such as "an HTTP status"; the range is added */
    WholeNumberType(String name, String what, int least, int most) {
        super(name, what + ", a whole number from " + least + " to " + most);
        this.least = least;
        this.most = most;
    }

    @Override
    Parsed<Integer> parse(String text, Reading in) {
        if (!WRITTEN.matcher(text).matches()) {
            return Parsed.wrong();
        }
        long number = Long.parseLong(text);
        return number < least || number > most ? Parsed.wrong() : Parsed.of((int) number);
    }

    @Override
    JsonNode format(Integer value) {
        return IntNode.valueOf(value);
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(Json.numeric("integer").put("minimum", least).put("maximum", most), Json.string("[0-9]{1,10}"));
    }
}
