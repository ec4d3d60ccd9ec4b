package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/** Short names for the pieces of JSON that schemas and experiments are made of. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    /** A number without an exponent and without needless zeros. */
    static JsonNode number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return JsonNodeFactory.instance.numberNode(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    /** The schema of a text. */
    static ObjectNode string(String pattern) {
        return object().put("type", "string").put("pattern", "^" + pattern + "$");
    }

    /** The schema of a number. */
    static ObjectNode numeric(String type) {
        return object().put("type", type);
    }
}
