package io.jenkins.plugins.chaosgate.mesh.canary;

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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Small functions on JSON trees. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Reads an object that we wrote. */
    static ObjectNode parse(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException | ClassCastException unreadable) {
            throw new IllegalArgumentException("the body of a step is not a JSON object", unreadable);
        }
    }

    /** The elements of an array; none where it is something else. */
    static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** The fields of an object of strings; none where it is something else. */
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

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /** The same for trees that mean the same: without regard to the order of fields, and to fields that are null. */
    static String digest(JsonNode tree) {
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
