package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.List;

/**
 * A value together with the place it was read from, for checks that compare values with each other.
 *
 * @param path the field's path, such as {@code faults[0]}
 */
record Located<T>(T value, Location at, String path) {

    /** A value that was read from nowhere: on its way into a file. */
    static <T> Located<T> nowhere(T value) {
        return new Located<>(value, Location.WHOLE_FILE, "");
    }

    /** Those of one kind, in their order. */
    static <T> List<Located<T>> only(Class<T> kind, List<? extends Located<?>> values) {
        return values.stream()
                .filter(located -> kind.isInstance(located.value()))
                .map(located -> new Located<>(kind.cast(located.value()), located.at(), located.path()))
                .toList();
    }

    /** The values of one kind, without their places. */
    static <T> List<T> values(Class<T> kind, List<? extends Located<?>> values) {
        return only(kind, values).stream().map(Located::value).toList();
    }
}
