package io.jenkins.plugins.chaosgate.experiment.language;

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
}
