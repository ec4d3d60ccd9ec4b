package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ALLOWED_BREACHES;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ARM;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.BURSTINESS;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.COMPARE_TO;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.DECIDE;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.LASTING;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.MAX_RATIO;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.MIN_REQUESTS;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.OF;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.TITLE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A kind of threshold on the requests that a service answers. */
abstract class ServiceThresholdType<T extends ServiceThreshold> extends ObjectType<T> {

    private final Limits limits;
    private final Field<ServiceThreshold, Duration> window;

    ServiceThresholdType(
            String name,
            String doc,
            Class<T> model,
            Limits limits,
            Field<ServiceThreshold, Duration> window,
            List<Field<? super T, ?>> own) {
        super(name, doc, model, fields(limits, window, own));
        this.limits = limits;
        this.window = window;
    }

    private static <T extends ServiceThreshold> List<Field<? super T, ?>> fields(
            Limits limits, Field<ServiceThreshold, Duration> window, List<Field<? super T, ?>> own) {
        List<Field<? super T, ?>> fields = new ArrayList<>();
        fields.add(OF);
        fields.addAll(own);
        fields.addAll(limits.fields());
        fields.addAll(List.of(
                window,
                ARM,
                COMPARE_TO,
                MAX_RATIO,
                DECIDE,
                BURSTINESS,
                MIN_REQUESTS,
                ALLOWED_BREACHES,
                LASTING,
                TITLE));
        return fields;
    }

    /** What is measured, for people, in a few words: the beginning of a title that nobody gave. */
    abstract String what(Values values);

    @Override
    final void check(Values values) {
        limits.check(values, MAX_RATIO);
        if (values.isWritten(COMPARE_TO) && !values.isWritten(MAX_RATIO)) {
            values.wrong(COMPARE_TO, "compareTo without maxRatio", "a maxRatio beside it, such as 1.5");
        }
        if (values.isWritten(MAX_RATIO) && !values.isWritten(COMPARE_TO)) {
            values.wrong(MAX_RATIO, "maxRatio without compareTo", "'compareTo: stable' beside it");
        }
        Optional<Arm> arm = values.find(ARM);
        if (values.isWritten(COMPARE_TO) && arm.isPresent() && arm.get() != Arm.CANARY) {
            values.wrong(
                    ARM, "the arm " + arm.get().word() + " beside compareTo", "canary: what is compared is the canary");
        }
    }

    @Override
    final void refine(ObjectNode schema) {
        limits.require(schema, MAX_RATIO);
        ObjectNode together = schema.putObject("dependentRequired");
        together.putArray(COMPARE_TO.name()).add(MAX_RATIO.name());
        together.putArray(MAX_RATIO.name()).add(COMPARE_TO.name());
    }

    /** The one that was given; else the preset, or the whole time under the fault where that is shorter. */
    final Duration window(Values values) {
        Duration given = values.get(window);
        return values.duration()
                .filter(whole -> !values.isWritten(window) && whole.compareTo(given) < 0)
                .orElse(given);
    }

    final Judging judging(Values values) {
        return new Judging(
                limits.of(values),
                ThresholdFields.unboxed(values.find(MAX_RATIO)),
                values.get(ALLOWED_BREACHES),
                values.find(LASTING),
                values.find(DECIDE),
                ThresholdFields.unboxed(values.find(BURSTINESS)),
                values.find(MIN_REQUESTS).map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    /** The title that was given, else one such as {@code error rate of reviews (stable)}. */
    final String title(Values values) {
        return values.find(TITLE)
                .orElseGet(() -> what(values) + " of " + values.get(OF).shortFor(values.namespace())
                        + values.find(ARM).map(arm -> " (" + arm.word() + ")").orElse(""));
    }
}
