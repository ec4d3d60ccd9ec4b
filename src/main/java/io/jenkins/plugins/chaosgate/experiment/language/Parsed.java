package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.Optional;
import java.util.function.Function;

/**
 * What became of the text of a single value.
 *
 * @param value the value; empty where the text is none
 * @param expected what should stand there, where more can be said than the type itself says; else empty
 * @param nearest what was probably meant; empty where nothing comes near
 */
record Parsed<T>(Optional<T> value, String expected, String nearest) {

    static <T> Parsed<T> of(T value) {
        return new Parsed<>(Optional.of(value), "", "");
    }

    static <T> Parsed<T> wrong() {
        return new Parsed<>(Optional.empty(), "", "");
    }

    static <T> Parsed<T> wrongButNear(String nearest) {
        return new Parsed<>(Optional.empty(), "", nearest);
    }

    static <T> Parsed<T> wrong(String expected, String nearest) {
        return new Parsed<>(Optional.empty(), expected, nearest);
    }

    <R> Parsed<R> map(Function<T, R> change) {
        return new Parsed<>(value.map(change), expected, nearest);
    }
}
