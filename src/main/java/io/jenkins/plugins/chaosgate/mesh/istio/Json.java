package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Small functions on JSON trees. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object of strings, in the map's order. */
    static ObjectNode object(Map<String, String> strings) {
        ObjectNode object = object();
        strings.forEach(object::put);
        return object;
    }

    /** Reads an object that we wrote. */
    static ObjectNode parse(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException | ClassCastException unreadable) {
            throw new IllegalArgumentException("the body of a change is not a JSON object", unreadable);
        }
    }

    /** The elements of an array; none where it is something else. */
    static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** The fields of an object of strings, in order; none where it is something else. */
    static Map<String, String> strings(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    /**
     * Whether all that was asked for is there. More fields may be, since a server fills in defaults; an array has to have
     * the same length. Numbers are compared by value.
     */
    static boolean contains(JsonNode actual, JsonNode expected) {
        if (expected.isObject()) {
            return actual.isObject()
                    && expected.properties().stream()
                            .allMatch(field -> contains(actual.path(field.getKey()), field.getValue()));
        }
        if (expected.isArray()) {
            return actual.isArray()
                    && actual.size() == expected.size()
                    && IntStream.range(0, expected.size())
                            .allMatch(index -> contains(actual.get(index), expected.get(index)));
        }
        return expected.isNumber() && actual.isNumber()
                ? actual.decimalValue().compareTo(expected.decimalValue()) == 0
                : actual.equals(expected);
    }
}
