package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** The fields that several kinds of thresholds have. */
final class ThresholdFields {

    private static final TextType LINE = TextType.line();

    static final Field<Threshold, String> NAME = Field.required(
            "name", LINE, "What people call it; no two thresholds have the same name.", Threshold::title);

    static final Field<Threshold, String> TITLE = Field.optional(
            "name",
            LINE,
            "What people call it, such as error rate of reviews, which is made up where it is left out; no two"
                    + " thresholds have the same name.",
            threshold -> Optional.of(threshold.title()));

    static final Field<Threshold, Integer> ALLOWED_BREACHES = Field.preset(
            "allowedBreaches",
            new WholeNumberType("allowedBreaches", "a number of observations", 0, 1_000_000),
            0,
            "How many observations may break the limits before the threshold is violated.",
            threshold -> threshold.judging().allowedBreaches());

    static final Field<Threshold, Duration> LASTING = Field.optional(
            "for",
            DurationType.any(),
            "How long observations must break the limits, one after the other, before the threshold is violated.",
            threshold -> threshold.judging().lasting());

    static final Field<Threshold, Decide> DECIDE = Field.optional(
            "decide",
            WordType.of("decide", Decide::word, List.of(Decide.values())),
            "Whether all requests counted so far decide, by a sequential test, or every sample for itself; without it,"
                    + " counts where there are any.",
            threshold -> threshold.judging().decide());

    static final Field<ServiceThreshold, Double> BURSTINESS = Field.optional(
            "burstiness",
            NumberType.atLeastOne(),
            "How much bad requests come in bursts, where that is known: the variance of their number over its mean.",
            threshold -> boxed(threshold.judging().burstiness()));

    static final Field<ServiceThreshold, Integer> MIN_REQUESTS = Field.optional(
            "minRequests",
            new WholeNumberType("minRequests", "a number of requests", 1, 1_000_000_000),
            "On how few requests a threshold that is judged by samples may be decided as held.",
            threshold -> threshold.judging().minRequests().isPresent()
                    ? Optional.of(
                            Math.toIntExact(threshold.judging().minRequests().getAsLong()))
                    : Optional.empty());

    static final Field<ServiceThreshold, ServiceName> OF =
            Field.required("of", new ServiceType(), "The service that is judged by its answers.", ServiceThreshold::of);

    static final Field<ServiceThreshold, Arm> ARM = Field.optional(
            "arm",
            WordType.of("arm", Arm::word, List.of(Arm.values())),
            "Which of the service's pods count; without it, the canary's where the service is its own, else all.",
            ServiceThreshold::arm);

    static final Field<ServiceThreshold, String> COMPARE_TO = Field.optional(
            "compareTo",
            WordType.of("compareTo", UnaryOperator.identity(), List.of("stable")),
            "What the canary is compared with; goes with maxRatio.",
            threshold -> threshold.judging().maxRatio().isPresent() ? Optional.of("stable") : Optional.empty());

    static final Field<ServiceThreshold, Double> MAX_RATIO = Field.optional(
            "maxRatio",
            NumberType.aboveZero(),
            "How many times the stable version's value the canary's may be; goes with compareTo.",
            threshold -> boxed(threshold.judging().maxRatio()));

    private ThresholdFields() {}

    /** The time that an observation looks back over. */
    static Field<ServiceThreshold, Duration> window(String name, String doc) {
        return Field.preset(name, DurationType.any(), Duration.ofMinutes(1), doc, ServiceThreshold::window);
    }

    static Optional<Double> boxed(OptionalDouble number) {
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    static OptionalDouble unboxed(Optional<Double> number) {
        return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
    }
}
