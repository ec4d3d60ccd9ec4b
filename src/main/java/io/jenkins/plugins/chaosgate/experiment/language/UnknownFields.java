package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what was probably meant by the fields that a map should not have. */
final class UnknownFields {

    private final Map<String, ? extends Field<?, ?>> fields;
    private final String path;
    private final Problems problems;
    private final Set<String> meant = new HashSet<>();

    UnknownFields(Map<String, ? extends Field<?, ?>> fields, String path, Problems problems) {
        this.fields = fields;
        this.path = path;
        this.problems = problems;
    }

    void add(Node.Entry entry) {
        String nearest = nearest(entry.name());
        meant.add(nearest);
        problems.addUnknown(
                entry.at(), Words.child(path, entry.name()), "field", entry.name(), fields.keySet(), nearest);
    }

    /** Whether one of the unknown fields is probably this one: then it is misspelt rather than missing. */
    boolean mayMean(String field) {
        return meant.contains(field);
    }

    /** The right name, also where the field only stands one level too high: {@code watch.duration}. */
    private String nearest(String name) {
        List<String> below = fields.values().stream()
                .filter(field -> field.type() instanceof ObjectType<?> map
                        && map.fieldNames().contains(name))
                .map(field -> field.name() + "." + name)
                .toList();
        return below.isEmpty() ? Nearest.to(name, fields.keySet()) : below.get(0);
    }
}
