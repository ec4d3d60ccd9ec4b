package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.PodState;
import io.jenkins.plugins.chaosgate.gate.PodWords;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Optional;

/**
 * What the canary's pods showed while it was watched, summed up as a threshold is.
 *
 * @param state what may be said of them
 * @param limit {@code restarts at most 0, ready at least 100 %}
 * @param words what they showed, what is wrong with that, and what they carry, in sentences
 */
public record PodsResult(ThresholdResult.State state, String limit, String words) {

    /** Empty where the gate had no pods to look at. */
    public static Optional<PodsResult> of(GateSnapshot gate) {
        return gate.pods()
                .map(pods -> new PodsResult(
                        state(gate.verdict().map(Verdict::kind), pods), PodWords.limits(pods.limits()), words(pods)));
    }

    private static ThresholdResult.State state(Optional<Verdict.Kind> verdict, PodState pods) {
        boolean judged = verdict.filter(kind -> kind == Verdict.Kind.PASSED || kind == Verdict.Kind.VIOLATED)
                .isPresent();
        if (!judged || pods.part() != PodState.Part.WATCHED) {
            return ThresholdResult.State.NOT_JUDGED;
        }
        return pods.violated().isPresent() ? ThresholdResult.State.VIOLATED : ThresholdResult.State.HELD;
    }

    private static String words(PodState pods) {
        String what = pods.part() == PodState.Part.WATCHED ? "Under the fault: " : "Before the fault: ";
        String carried = pods.before().live().isEmpty()
                ? ""
                : " Judged: " + pods.before().live().size()
                        + (pods.before().live().size() == 1 ? " pod" : " pods") + " with "
                        + PodWords.carried(pods.before().live()) + ".";
        return what + PodWords.standing(pods) + "." + sentence(pods.violated()) + sentence(pods.changed()) + carried;
    }

    private static String sentence(Optional<String> words) {
        return words.map(text -> " " + text + ".").orElse("");
    }
}
