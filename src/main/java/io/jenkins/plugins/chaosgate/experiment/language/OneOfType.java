package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A map with exactly one key, which says of what kind its value is: {@code httpAbort: {to: ratings, status: 500}}.
 *
 * @param <T> what all kinds have in common in the model
 */
final class OneOfType<T> implements Type<T> {

    private final String name;
    private final Function<T, String> kindOf;
    private final Map<String, ObjectType<? extends T>> kinds = new LinkedHashMap<>();

    /**
     * @param name what the kinds have in common, in one word; its name among the definitions of the schema
     * @param kindOf the key for a value of the model
     */
    OneOfType(String name, Function<T, String> kindOf, List<ObjectType<? extends T>> kinds) {
        this.name = name;
        this.kindOf = kindOf;
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
    }

    @Override
    public Optional<T> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Fields map) || map.entries().isEmpty()) {
            in.refuse(node, path, expected());
            return Optional.empty();
        }
        if (map.entries().size() == 1) {
            return read(map.entries().get(0), path, in);
        }
        Optional<Node.Entry> bare =
                map.entries().stream().filter(this::isBareKind).findFirst();
        if (bare.isPresent()) {
            in.problems()
                    .add(
                            bare.get().at(),
                            Words.child(path, bare.get().name()),
                            "found nothing under " + Words.quote(bare.get().name()) + " but fields beside it",
                            "its fields below it, indented further than it is");
            return Optional.empty();
        }
        in.problems()
                .add(
                        map.at(),
                        path,
                        "found " + map.entries().size() + " fields in one " + name,
                        "exactly one of " + Words.list(kinds.keySet()) + "; another " + name
                                + " is an item of the list of its own");
        map.entries().forEach(entry -> read(entry, path, in));
        return Optional.empty();
    }

    @Override
    public ObjectNode write(T value) {
        String kind = kindOf.apply(value);
        ObjectNode written = Json.object();
        written.set(kind, kinds.get(kind).writeUntyped(value));
        return written;
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.reference(name, () -> {
            ObjectNode schema = Json.object().put("title", name).put("description", expected());
            schema.put("type", "object").put("additionalProperties", false);
            schema.put("minProperties", 1).put("maxProperties", 1);
            ObjectNode properties = schema.putObject("properties");
            kinds.forEach(
                    (key, kind) -> properties.set(key, kind.schema(definitions).put("description", kind.doc())));
            return schema;
        });
    }

    @Override
    public String expected() {
        return "a " + name + ": a map with exactly one of " + Words.list(kinds.keySet());
    }

    /** A kind by its key; empty where there is none. */
    Optional<ObjectType<? extends T>> kind(String key) {
        return Optional.ofNullable(kinds.get(key));
    }

    private Optional<T> read(Node.Entry entry, String path, Reading in) {
        String place = Words.child(path, entry.name());
        ObjectType<? extends T> kind = kinds.get(entry.name());
        if (kind == null) {
            String nearest = Nearest.to(entry.name(), kinds.keySet());
            in.problems().addUnknown(entry.at(), place, name, entry.name(), kinds.keySet(), nearest);
            return Optional.empty();
        }
        return kind.read(entry.value(), place, in).map(Function.identity());
    }

    private boolean isBareKind(Node.Entry entry) {
        return kinds.containsKey(entry.name()) && entry.value() instanceof Node.Scalar scalar && scalar.isNull();
    }
}
