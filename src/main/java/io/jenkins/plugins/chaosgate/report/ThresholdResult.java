package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one threshold showed while the canary was watched under the fault, summed up.
 *
 * @param state what may be said of it
 * @param observed how many looks showed a value
 * @param breaches how many of those broke the limits
 * @param missing how many looks showed nothing
 * @param worst the observation that is furthest towards, or beyond, the limits; empty where there was none
 */
public record ThresholdResult(State state, int observed, int breaches, int missing, Optional<Observation> worst) {

    /** What may be said of a threshold. */
    public enum State {
        /** It was watched, and held. */
        HELD,
        /** It broke its limits more often than is allowed. */
        VIOLATED,
        /** Nothing may be said: it was not seen under the fault, or the gate as a whole could not judge. */
        NOT_JUDGED
    }

    public static ThresholdResult of(ThresholdRecord threshold, GateSnapshot gate) {
        List<Look> watched = threshold.looks().stream()
                .filter(look -> look.phase() == PhaseName.WATCH)
                .toList();
        List<Observation> seen =
                watched.stream().flatMap(look -> look.observation().stream()).toList();
        int breaches =
                (int) seen.stream().filter(observation -> !observation.ok()).count();
        boolean broken = gate.judged(threshold).isViolated();
        return new ThresholdResult(
                state(gate.verdict().map(Verdict::kind), broken, !seen.isEmpty()),
                seen.size(),
                breaches,
                watched.size() - seen.size(),
                seen.stream().max(badness(threshold)));
    }

    private static State state(Optional<Verdict.Kind> verdict, boolean broken, boolean seen) {
        boolean judged = verdict.filter(kind -> kind == Verdict.Kind.PASSED || kind == Verdict.Kind.VIOLATED)
                .isPresent();
        if (!judged || !seen) {
            return State.NOT_JUDGED;
        }
        return broken ? State.VIOLATED : State.HELD;
    }

    private static Comparator<Observation> badness(ThresholdRecord threshold) {
        OptionalDouble max = threshold.threshold().judging().bounds().max();
        OptionalDouble min = threshold.threshold().judging().bounds().min();
        return Comparator.comparing((Observation observation) -> !observation.ok())
                .thenComparingDouble(observation -> {
                    double over = max.isPresent() ? observation.value() - max.getAsDouble() : Double.NEGATIVE_INFINITY;
                    double under = min.isPresent() ? min.getAsDouble() - observation.value() : Double.NEGATIVE_INFINITY;
                    return max.isEmpty() && min.isEmpty() ? observation.value() : Math.max(over, under);
                });
    }
}
