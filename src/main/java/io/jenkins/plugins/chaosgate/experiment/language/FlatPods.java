package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The item {@code pods} written flat, as the parameters of a step are: {@code maxRestarts} for the {@code max} in
 * {@code restarts}.
 */
final class FlatPods {

    private static final ObjectType<?> PODS =
            ExperimentType.INSTANCE.kind(PodsType.NAME).orElseThrow();
    private static final List<Flat> FIELDS = PODS.fieldNames().stream()
            .flatMap(outer -> inner(outer).fieldNames().stream().map(inner -> new Flat(outer, inner)))
            .toList();

    private FlatPods() {}

    /** A field by its flat name; it may be left out. */
    static Optional<Field<?, ?>> field(String kind, String name) {
        return kind.equals(PodsType.NAME)
                ? find(name)
                        .map(flat ->
                                optional(inner(flat.outer()).field(flat.inner()).orElseThrow()))
                : Optional.empty();
    }

    /** An item of the steady state as a file has it; other items, and what is written as in a file, stay as they are. */
    static Node fold(Node item) {
        if (item instanceof Node.Fields map
                && map.entries().size() == 1
                && map.entries().get(0).name().equals(PodsType.NAME)
                && map.entries().get(0).value() instanceof Node.Fields pods) {
            Node folded = new Node.Fields(
                    pods.at(), pods.entries().stream().map(FlatPods::fold).toList());
            Node.Entry kind = map.entries().get(0);
            return new Node.Fields(map.at(), List.of(new Node.Entry(kind.name(), kind.at(), folded)));
        }
        return item;
    }

    /** The path of a field as it was written, from the one it has in a file. */
    static String unfold(String path) {
        return FIELDS.stream()
                .filter(flat -> path.endsWith("." + PodsType.NAME + flat.path()))
                .findFirst()
                .map(flat -> path.substring(0, path.length() - flat.path().length()) + "." + flat.name())
                .orElse(path);
    }

    private static Node.Entry fold(Node.Entry entry) {
        return find(entry.name())
                .map(flat -> new Node.Entry(
                        flat.outer(),
                        entry.at(),
                        new Node.Fields(entry.at(), List.of(new Node.Entry(flat.inner(), entry.at(), entry.value())))))
                .orElse(entry);
    }

    private static Optional<Flat> find(String name) {
        return FIELDS.stream().filter(flat -> flat.name().equals(name)).findFirst();
    }

    private static ObjectType<?> inner(String outer) {
        return (ObjectType<?>) PODS.field(outer).orElseThrow().type();
    }

    private static <T, V> Field<T, V> optional(Field<T, V> field) {
        return new Field<>(field.name(), field.type(), false, field.preset(), field.doc(), field.getter());
    }

    private record Flat(String outer, String inner) {
        String name() {
            return inner + outer.substring(0, 1).toUpperCase(Locale.ROOT) + outer.substring(1);
        }

        String path() {
            return "." + outer + "." + inner;
        }
    }
}
