package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields {@code min} and {@code max} of a threshold, in a unit of its own. */
record Limits(Field<Threshold, Double> min, Field<Threshold, Double> max) {

    static Limits in(Type<Double> unit) {
        return new Limits(
                Field.optional(
                        "min",
                        unit,
                        "The smallest value that is fine.",
                        threshold -> ThresholdFields.boxed(
                                threshold.judging().bounds().min())),
                Field.optional(
                        "max",
                        unit,
                        "The largest value that is fine.",
                        threshold -> ThresholdFields.boxed(
                                threshold.judging().bounds().max())));
    }

    List<Field<Threshold, Double>> fields() {
        return List.of(max, min);
    }

    Bounds of(Values values) {
        return new Bounds(ThresholdFields.unboxed(values.find(min)), ThresholdFields.unboxed(values.find(max)));
    }

    /** Notes a range that is empty, and a threshold that nothing limits; other fields may limit it as well. */
    void check(Values values, Field<?, ?>... others) {
        Optional<Double> least = values.find(min);
        Optional<Double> most = values.find(max);
        if (least.isPresent() && most.isPresent() && least.get() > most.get()) {
            values.wrong(min, "min is above max, so that nothing could hold", "a min of at most max");
        }
        List<Field<?, ?>> limiting =
                Stream.concat(fields().stream(), Stream.of(others)).toList();
        if (limiting.stream().noneMatch(values::isWritten)) {
            values.wrong(
                    "a threshold without a limit",
                    "at least one of "
                            + Words.list(limiting.stream().map(Field::name).toList()));
        }
    }

    /** Says in a schema that one of the limits must be there. */
    void require(ObjectNode schema, Field<?, ?>... others) {
        ArrayNode one = schema.putArray("anyOf");
        Stream.concat(fields().stream(), Stream.of(others))
                .forEach(field -> one.addObject().putArray("required").add(field.name()));
    }
}
