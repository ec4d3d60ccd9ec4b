package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Whether values keep a threshold's limits, and those limits in words. Pure functions. */
public final class Limits {

    private Limits() {}

    /**
     * Whether a value keeps all limits of a threshold. A comparison with the stable version holds while the value is at
     * most {@code maxRatio} times the stable one; without a stable value it does not hold.
     */
    public static boolean hold(Threshold threshold, double value, OptionalDouble stable) {
        OptionalDouble maxRatio = threshold.judging().maxRatio();
        return threshold.judging().bounds().hold(value)
                && (maxRatio.isEmpty() || stable.isPresent() && value <= maxRatio.getAsDouble() * stable.getAsDouble());
    }

    /** {@code at most 10 in 1m}, {@code 1 to 5 /s}, {@code at most 1.5 × stable}. */
    public static String words(Threshold threshold) {
        if (threshold instanceof Webhook) {
            return "answers 2xx";
        }
        List<String> parts = new ArrayList<>();
        Unit unit = threshold.unit();
        Bounds bounds = threshold.judging().bounds();
        bounds.min().ifPresent(min -> parts.add("at least " + unit.format(min)));
        bounds.max().ifPresent(max -> parts.add("at most " + unit.format(max)));
        threshold
                .judging()
                .maxRatio()
                .ifPresent(ratio -> parts.add("at most " + Unit.NUMBER.format(ratio) + " × stable"));
        String words = String.join(", ", parts);
        return threshold instanceof FailedRequests failed ? words + " in " + Units.duration(failed.per()) : words;
    }

    /** A value beside what it was measured on: {@code 21 % of 96 requests}, {@code 41 ms}. */
    public static String words(Threshold threshold, Observation observation) {
        StringBuilder words = new StringBuilder(threshold.unit().format(observation.value()));
        observation.requests().ifPresent(requests -> words.append(" (")
                .append(requests)
                .append(requests == 1 ? " request)" : " requests)"));
        observation.stable().ifPresent(stable -> words.append(", stable ")
                .append(threshold.unit().format(stable)));
        return words.toString();
    }
}
