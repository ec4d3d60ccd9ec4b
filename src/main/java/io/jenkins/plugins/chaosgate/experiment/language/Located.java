package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.List;
import java.util.Optional;

/**
 * A value together with the piece of the file it was read from, for checks that compare values with each other.
 *
 * @param path the field's path, such as {@code faults[0]}
 */
record Located<T>(T value, Node node, String path) {

    /** A value that was read from nowhere: on its way into a file. */
    static <T> Located<T> nowhere(T value) {
        return new Located<>(value, new Node.Broken(Location.WHOLE_FILE), "");
    }

    /** Those of one kind, in their order. */
    static <T> List<Located<T>> only(Class<T> kind, List<? extends Located<?>> values) {
        return values.stream()
                .filter(located -> kind.isInstance(located.value()))
                .map(located -> new Located<>(kind.cast(located.value()), located.node(), located.path()))
                .toList();
    }

    /** The values of one kind, without their places. */
    static <T> List<T> values(Class<T> kind, List<? extends Located<?>> values) {
        return only(kind, values).stream().map(Located::value).toList();
    }

    Location at() {
        return node.at();
    }

    /**
     * The place of a field of something that has its kind as its only key, {@code faults[0].httpAbort.percentage}; where the
     * file leaves the field out, that of the fields that it would be among.
     */
    Located<T> field(String name) {
        Node.Entry kind = ((Node.Fields) node).entries().get(0);
        Optional<Node> written = kind.value() instanceof Node.Fields fields ? fields.find(name) : Optional.empty();
        return new Located<>(value, written.orElse(kind.value()), Words.child(Words.child(path, kind.name()), name));
    }
}
