package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A map with known fields that stands for one record of the model. A subclass lists the fields, says which of them
 * don't go together, and makes the record.
 */
abstract class ObjectType<T> implements Type<T> {

    private final String name;
    private final String doc;
    private final Class<T> model;
    private final Map<String, Field<? super T, ?>> fields;

    /**
     * @param name its name among the definitions of the schema; where a key chooses it, that key
     * @param doc what it stands for, in one sentence
     * @param fields in the order in which they are documented and written
     */
    ObjectType(String name, String doc, Class<T> model, List<Field<? super T, ?>> fields) {
        this.name = name;
        this.doc = doc;
        this.model = model;
        this.fields = fields.stream()
                .collect(Collectors.toMap(
                        Field::name, Function.identity(), (first, second) -> first, LinkedHashMap::new));
    }

    /** Makes the record; called only when every field is right and they all go together. */
    abstract T make(Values values);

    /** Notes what is wrong between fields; those that are wrong in themselves are missing from the values. */
    void check(Values values) {}

    /** Adds to the schema what it can say about fields that go together. */
    void refine(ObjectNode schema) {}

    final String name() {
        return name;
    }

    final String doc() {
        return doc;
    }

    @Override
    public final Optional<T> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Fields map)) {
            in.refuse(node, path, expected());
            return Optional.empty();
        }
        int before = in.problems().count();
        UnknownFields unknown = new UnknownFields(fields, path, in.problems());
        Values values = new Values(map, path, in, unknown);
        for (Node.Entry entry : map.entries()) {
            Field<? super T, ?> field = fields.get(entry.name());
            if (field == null) {
                unknown.add(entry);
            } else {
                values.read(field, entry.value());
            }
        }
        fields.values().stream()
                .filter(Field::required)
                .filter(field -> !values.isWritten(field) && !values.mayBeMeant(field))
                .forEach(field -> values.wrong(
                        field,
                        "missing field '" + field.name() + "'",
                        field.type().expected()));
        check(values);
        return in.problems().count() == before ? Optional.of(make(values)) : Optional.empty();
    }

    @Override
    public final ObjectNode write(T value) {
        ObjectNode map = Json.object();
        fields.values().forEach(field -> field.write(value, map));
        return map;
    }

    /** Writes a value of which only the caller knows that it is one of this type. */
    final ObjectNode writeUntyped(Object value) {
        return write(model.cast(value));
    }

    @Override
    public final ObjectNode schema(Definitions definitions) {
        return definitions.reference(name, () -> describe(definitions));
    }

    /** The schema itself, where {@link #schema} gives a reference to it. */
    final ObjectNode describe(Definitions definitions) {
        ObjectNode schema = Json.object().put("title", name).put("description", doc);
        schema.put("type", "object").put("additionalProperties", false);
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        fields.values().forEach(field -> {
            properties.set(field.name(), field.schema(definitions));
            if (field.required()) {
                required.add(field.name());
            }
        });
        refine(schema);
        return schema;
    }

    /** A field by its name; empty where there is none. */
    final Optional<Field<? super T, ?>> field(String called) {
        return Optional.ofNullable(fields.get(called));
    }

    /** The names of its fields. */
    final List<String> fieldNames() {
        return List.copyOf(fields.keySet());
    }

    @Override
    public String expected() {
        return "a map with the fields " + Words.list(fieldNames());
    }
}
