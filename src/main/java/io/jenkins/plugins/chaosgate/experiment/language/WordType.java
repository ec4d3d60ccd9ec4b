package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One of a few words. */
final class WordType<T> extends ScalarType<T> {

    private final Map<String, T> values;
    private final Map<T, JsonNode> written;

    private WordType(String name, Map<String, T> values, Function<Map.Entry<String, T>, JsonNode> write) {
        super(name, (values.size() == 1 ? "" : "one of ") + String.join(", ", values.keySet()));
        this.values = Collections.unmodifiableMap(values);
        this.written = new LinkedHashMap<>();
        values.entrySet().forEach(entry -> written.put(entry.getValue(), write.apply(entry)));
    }

    /** The words of an enumeration's values. */
    static <T> WordType<T> of(String name, Function<T, String> word, List<T> values) {
        Map<String, T> byWord = new LinkedHashMap<>();
        values.forEach(value -> byWord.put(word.apply(value), value));
        return new WordType<>(name, byWord, entry -> Json.text(entry.getKey()));
    }

    /** {@code true} or {@code false}; the other words that YAML knows for them are refused. */
    static WordType<Boolean> truth() {
        Map<String, Boolean> byWord = new LinkedHashMap<>();
        byWord.put("true", true);
        byWord.put("false", false);
        return new WordType<>("truth", byWord, entry -> BooleanNode.valueOf(entry.getValue()));
    }

    @Override
    Parsed<T> parse(String text, Reading in) {
        T value = values.get(text);
        return value == null ? Parsed.wrongButNear(Nearest.to(text, values.keySet())) : Parsed.of(value);
    }

    @Override
    JsonNode format(T value) {
        return written.get(value);
    }

    @Override
    List<ObjectNode> forms() {
        ObjectNode form = Json.object();
        ArrayNode words = form.putArray("enum");
        written.values().forEach(words::add);
        ObjectNode quoted = Json.object();
        ArrayNode texts = quoted.putArray("enum");
        values.keySet().forEach(texts::add);
        return form.equals(quoted) ? List.of(form) : List.of(form, quoted);
    }
}
