package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment written flat, as the parameters of a step are: the fields of the maps at its top level ({@code target},
 * {@code watch}) stand beside the other fields. No two of them have the same name.
 */
final class FlatFields {

    /** The name of each field at the top, with the map that it belongs to; empty for those that stand there anyway. */
    private static final Map<String, String> OWNERS = owners();

    private FlatFields() {}

    /** The names of all fields, in the order of the reference. */
    static List<String> names() {
        return List.copyOf(OWNERS.keySet());
    }

    /** A field by its flat name. */
    static Field<?, ?> field(String name) {
        String owner = OWNERS.get(name);
        if (owner == null) {
            throw new IllegalArgumentException("an experiment has no field " + Words.quote(name));
        }
        ObjectType<?> map = owner.isEmpty() ? ExperimentType.INSTANCE : map(owner);
        return map.field(name).orElseThrow();
    }

    /** The experiment with its maps, as a file has it; notes unknown fields. The maps are there even when empty. */
    static Node.Fields fold(Node.Fields flat, Problems problems) {
        Map<String, List<Node.Entry>> maps = new LinkedHashMap<>();
        OWNERS.values().stream().filter(owner -> !owner.isEmpty()).forEach(owner -> maps.put(owner, new ArrayList<>()));
        List<Node.Entry> top = new ArrayList<>();
        for (Node.Entry entry : flat.entries()) {
            String owner = OWNERS.get(entry.name());
            if (owner == null) {
                refuse(entry, problems);
            } else {
                maps.getOrDefault(owner, top).add(new Node.Entry(entry.name(), entry.at(), items(entry.value())));
            }
        }
        maps.forEach((name, entries) -> top.add(new Node.Entry(name, flat.at(), new Node.Fields(flat.at(), entries))));
        return new Node.Fields(flat.at(), top);
    }

    /** The path of a field as it was written, from the one it has in a file: {@code canary.app}. */
    static String unfold(String path) {
        int dot = path.indexOf('.');
        boolean isOwned = dot > 0 && OWNERS.containsValue(path.substring(0, dot));
        return isOwned ? path.substring(dot + 1) : FlatPods.unfold(path);
    }

    /** A list of maps may have what is written flat in it. */
    private static Node items(Node value) {
        return value instanceof Node.Items list
                ? new Node.Items(
                        list.at(), list.items().stream().map(FlatPods::fold).toList())
                : value;
    }

    private static void refuse(Node.Entry entry, Problems problems) {
        String nearest = Nearest.to(entry.name(), names());
        problems.addUnknown(entry.at(), Words.child("", entry.name()), "field", entry.name(), names(), nearest);
    }

    private static Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (String name : ExperimentType.INSTANCE.fieldNames()) {
            if (type(name) instanceof ObjectType<?> map) {
                map.fieldNames().forEach(inner -> put(owners, inner, name));
            } else {
                put(owners, name, "");
            }
        }
        return owners;
    }

    private static void put(Map<String, String> owners, String name, String owner) {
        if (owners.put(name, owner) != null) {
            throw new IllegalStateException("two fields would both be called " + name);
        }
    }

    private static ObjectType<?> map(String name) {
        return (ObjectType<?>) type(name);
    }

    private static Type<?> type(String name) {
        return ExperimentType.INSTANCE.field(name).orElseThrow().type();
    }
}
