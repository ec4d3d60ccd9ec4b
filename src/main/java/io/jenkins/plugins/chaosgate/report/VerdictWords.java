package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Locale;
import java.util.Optional;

/**
 * A verdict for people.
 *
 * @param word {@code ROLLBACK FAILED}; {@code RUNNING} while there is none
 * @param tone the same as a style sheet writes it: {@code rollback-failed}
 * @param meaning what follows from it, in a sentence or two
 */
public record VerdictWords(String word, String tone, String meaning) {

    /** What the verdict of a gate, or that there is none yet, means. */
    public static VerdictWords of(GateSnapshot gate) {
        String name = gate.verdict().map(verdict -> verdict.kind().name()).orElse("RUNNING");
        return new VerdictWords(
                name.replace('_', ' '),
                name.toLowerCase(Locale.ROOT).replace('_', '-'),
                meaning(gate.verdict(), gate.experiment().isControlRun()));
    }

    private static String meaning(Optional<Verdict> verdict, boolean isControlRun) {
        if (verdict.isEmpty()) {
            return "The gate is not over yet.";
        }
        if (!verdict.get().started()) {
            return "The gate could not start. Nothing was changed, and nothing can be said of the canary.";
        }
        return switch (verdict.get().kind()) {
            case PASSED ->
                isControlRun
                        ? "The canary held its steady state. Nothing was hurt: this was a control run."
                        : "The canary held its steady state while it was hurt.";
            case VIOLATED ->
                isControlRun
                        ? "The canary did not hold its steady state, even without a fault."
                        : "The canary did not hold its steady state. It is not ready to be promoted.";
            case INCONCLUSIVE -> "Nothing can be said of the canary: there is not enough evidence.";
            case ABORTED -> "The gate was ended early. Nothing can be said of the canary.";
            case ROLLBACK_FAILED -> "A fault could not be taken out. Somebody has to act now.";
        };
    }
}
