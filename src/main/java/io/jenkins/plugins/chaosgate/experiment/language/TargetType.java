package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What is under test. */
final class TargetType extends ObjectType<Target> {

    static final Field<Target, String> NAMESPACE = Field.required(
            "namespace", PatternType.NAMESPACE, "The Kubernetes namespace of the canary.", Target::namespace);
    static final Field<Target, Map<String, String>> CANARY =
            Field.required("canary", MapType.LABELS, "The labels that select the canary's pods.", Target::canary);
    private static final Field<Target, Map<String, String>> STABLE = Field.optional(
            "stable",
            MapType.LABELS,
            "The labels that select the stable version's pods; without it, every other pod behind the same service.",
            target -> Optional.of(target.stable()).filter(Predicate.not(Map::isEmpty)));

    TargetType() {
        super("target", "What is under test.", Target.class, List.of(NAMESPACE, CANARY, STABLE));
    }

    @Override
    void check(Values values) {
        Optional<Map<String, String>> stable = values.find(STABLE);
        Optional<Map<String, String>> canary = values.find(CANARY);
        if (stable.isPresent() && canary.isPresent() && Labels.match(stable.get(), canary.get())) {
            values.wrong(
                    STABLE,
                    "labels that select the canary too",
                    "labels that only the stable version has, or no field 'stable' for every other pod");
        }
    }

    @Override
    Target make(Values values) {
        return new Target(
                values.get(NAMESPACE), values.get(CANARY), values.find(STABLE).orElse(Map.of()));
    }
}
