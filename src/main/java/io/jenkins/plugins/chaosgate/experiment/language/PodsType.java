package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import java.util.List;

/** What must hold of the canary's pods themselves: {@code pods: {restarts: {max: 0}, ready: {min: 100%}}}. */
final class PodsType extends ObjectType<PodLimits> {

    static final String NAME = "pods";

    private static final Field<PodLimits, Long> RESTARTS = Field.preset(
            "restarts",
            new Restarts(),
            PodLimits.DEFAULT.maxRestarts(),
            "How often containers of the canary's pods may be restarted, all together.",
            PodLimits::maxRestarts);
    private static final Field<PodLimits, Double> READY = Field.preset(
            "ready",
            new Ready(),
            PodLimits.DEFAULT.minReady(),
            "How many of the canary's pods must be ready.",
            PodLimits::minReady);

    PodsType() {
        super(
                NAME,
                "The canary's pods themselves, as Kubernetes sees them; they are watched without this item, too.",
                PodLimits.class,
                List.of(RESTARTS, READY));
    }

    @Override
    PodLimits make(Values values) {
        return new PodLimits(values.get(RESTARTS), values.get(READY));
    }

    /** Notes each item beyond the first. */
    static void checkNumber(List<Located<PodLimits>> items, Values values) {
        items.stream()
                .skip(1)
                .forEach(again -> values.wrong(
                        again,
                        "found pods of " + items.get(0).path() + " again",
                        "at most one item 'pods', with all that must hold of the canary's pods"));
    }

    private static final class Restarts extends ObjectType<Long> {
        private static final Field<Long, Integer> MAX = Field.required(
                "max",
                new WholeNumberType("restarts", "a number of restarts", 0, 1_000_000),
                "The largest number that is fine.",
                Math::toIntExact);

        Restarts() {
            super("podRestarts", "How often pods may be restarted.", Long.class, List.of(MAX));
        }

        @Override
        Long make(Values values) {
            return values.get(MAX).longValue();
        }
    }

    private static final class Ready extends ObjectType<Double> {
        private static final Field<Double, Double> MIN = Field.required(
                "min", new FractionType(), "The smallest share of the canary's pods that is fine.", share -> share);

        Ready() {
            super("podReady", "How many pods must be ready.", Double.class, List.of(MIN));
        }

        @Override
        Double make(Values values) {
            return values.get(MIN);
        }
    }
}
