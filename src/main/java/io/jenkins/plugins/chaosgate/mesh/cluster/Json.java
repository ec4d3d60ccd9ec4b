package io.jenkins.plugins.chaosgate.mesh.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Small functions on the JSON trees that objects of the cluster are. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A new one. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A new one. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** An object of strings, in the map's order. */
    public static ObjectNode object(Map<String, String> strings) {
        ObjectNode object = object();
        strings.forEach(object::put);
        return object;
    }

    /**
     * Reads an object that we wrote.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ObjectNode parse(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException | ClassCastException unreadable) {
            throw new IllegalArgumentException("the body of a change is not a JSON object", unreadable);
        }
    }

    /** The elements of an array; none where it is something else. */
    public static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** The fields of an object of strings, in order; none where it is something else. */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }

    /** Of an object of the cluster; empty where it has none. */
    public static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    /** Of an object of the cluster; empty where it has none. */
    public static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    /** Of an object of the cluster; empty where it has none. */
    public static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /**
     * Whether all that was asked for is there. More fields may be, since a server fills in defaults; an array has to have
     * the same length. Numbers are compared by value.
     */
    public static boolean contains(JsonNode actual, JsonNode expected) {
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

    /** The same for trees that mean the same: without regard to the order of fields, and to fields that are null. */
    public static String digest(JsonNode tree) {
        try {
            byte[] text = canonical(tree).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static JsonNode canonical(JsonNode tree) {
        if (tree.isArray()) {
            ArrayNode array = array();
            tree.forEach(element -> array.add(canonical(element)));
            return array;
        }
        if (!tree.isObject()) {
            return tree;
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        tree.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        ObjectNode object = object();
        sorted.forEach((name, value) -> {
            if (!value.isNull()) {
                object.set(name, canonical(value));
            }
        });
        return object;
    }
}
