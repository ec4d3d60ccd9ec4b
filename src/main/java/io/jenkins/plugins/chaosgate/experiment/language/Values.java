package io.jenkins.plugins.chaosgate.experiment.language;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was read of a map, field by field, while it becomes a value of the model. */
final class Values {

    private final Node.Fields map;
    private final String path;
    private final Reading in;
    private final UnknownFields unknown;
    private final Map<Field<?, ?>, Object> values = new HashMap<>();

    Values(Node.Fields map, String path, Reading in, UnknownFields unknown) {
        this.map = map;
        this.path = path;
        this.in = in;
        this.unknown = unknown;
    }

    /** Reads a field, or notes what is wrong with it. */
    <V> void read(Field<?, V> field, Node node) {
        field.type().read(node, Words.child(path, field.name()), in).ifPresent(value -> values.put(field, value));
    }

    /** The value of a field, or its preset; empty where it was left out or could not be read. */
    @SuppressWarnings("unchecked") // What lies under a field was given by that field's own type, or is its preset.
    <V> Optional<V> find(Field<?, V> field) {
        Object value = values.get(field);
        return value == null && !isWritten(field) ? field.preset() : Optional.ofNullable((V) value);
    }

    /** The value of a field that is required or has a preset. */
    <V> V get(Field<?, V> field) {
        return find(field).orElseThrow(() -> new IllegalStateException("no value for " + field.name()));
    }

    /** Whether the file has the field, rightly or wrongly. */
    boolean isWritten(Field<?, ?> field) {
        return map.entries().stream().anyMatch(entry -> entry.name().equals(field.name()));
    }

    /** Whether a field that the file does not have is probably meant by a misspelt one. */
    boolean mayBeMeant(Field<?, ?> field) {
        return unknown.mayMean(field.name());
    }

    /** How many items the file has in the list of a field, right or wrong; 0 where it has no list. */
    int items(Field<?, ?> field) {
        return map.entries().stream()
                .filter(entry -> entry.name().equals(field.name()))
                .mapToInt(entry ->
                        entry.value() instanceof Node.Items list ? list.items().size() : 0)
                .sum();
    }

    /** The target's namespace, which short service names belong to. */
    String namespace() {
        return in.namespace();
    }

    /** How long is watched under the fault; empty where the file does not say so. */
    Optional<Duration> duration() {
        return in.duration();
    }

    /** Notes a problem with the map as a whole. */
    void wrong(String found, String expected) {
        in.problems().add(map.at(), path, found, expected);
    }

    /** Notes a problem with one field: at its place, or at the map's where the file leaves it out. */
    void wrong(Field<?, ?> field, String found, String expected) {
        Location at = map.entries().stream()
                .filter(entry -> entry.name().equals(field.name()))
                .map(entry -> entry.value().at())
                .findFirst()
                .orElse(map.at());
        in.problems().add(at, Words.child(path, field.name()), found, expected);
    }

    /** Notes a problem with something that was read as part of this map. */
    void wrong(Located<?> part, String found, String expected) {
        in.problems().add(part.at(), part.path(), found, expected);
    }
}
