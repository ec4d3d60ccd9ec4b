package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * One field of a map: everything that reading, writing, the schema and the reference need to know about it.
 *
 * @param <T> what the map stands for
 * @param <V> what the field's value stands for
 * @param name its name in a file
 * @param type what it may hold
 * @param required whether a map without it is wrong
 * @param preset what holds where it is left out; empty where nothing does
 * @param doc what it means, in one sentence
 * @param getter its value in the model; empty where it has none
 */
record Field<T, V>(
        String name, Type<V> type, boolean required, Optional<V> preset, String doc, Function<T, Optional<V>> getter) {

    static <T, V> Field<T, V> required(String name, Type<V> type, String doc, Function<T, V> getter) {
        return new Field<>(name, type, true, Optional.empty(), doc, getter.andThen(Optional::of));
    }

    static <T, V> Field<T, V> preset(String name, Type<V> type, V preset, String doc, Function<T, V> getter) {
        return new Field<>(name, type, false, Optional.of(preset), doc, getter.andThen(Optional::of));
    }

    static <T, V> Field<T, V> optional(String name, Type<V> type, String doc, Function<T, Optional<V>> getter) {
        return new Field<>(name, type, false, Optional.empty(), doc, getter);
    }

    void write(T from, ObjectNode into) {
        getter.apply(from).ifPresent(value -> into.set(name, type.write(value)));
    }

    ObjectNode schema(Definitions definitions) {
        ObjectNode schema = type.schema(definitions).put("description", doc);
        preset.ifPresent(value -> schema.set("default", type.write(value)));
        return schema;
    }
}
