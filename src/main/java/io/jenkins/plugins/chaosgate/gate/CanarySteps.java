package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The steps that would roll the canary back, and what of them is over. Safe between threads. */
final class CanarySteps {

    private final List<CanaryStep> planned = new ArrayList<>();
    private final Set<Change> over = new HashSet<>();
    private boolean begun;
    private boolean back;

    synchronized void plan(List<CanaryStep> steps) {
        planned.clear();
        planned.addAll(steps);
    }

    /** What an earlier process knew. */
    synchronized void restore(Past past) {
        over.addAll(past.canaryOver());
        back = past.isCanaryBack();
    }

    /** An earlier process wrote that down, so it had decided to do it, whatever its log says. */
    synchronized void wasBegun(CanaryStep step) {
        if (over.contains(step.change())) {
            return;
        }
        begun = true;
        if (planned.stream().noneMatch(known -> known.change().equals(step.change()))) {
            planned.add(step);
        }
    }

    /** Whether an earlier process had decided to roll the canary back and did not come to the end of it. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** What is still to be done, in order. */
    synchronized List<CanaryStep> ahead() {
        return planned.stream().filter(step -> !over.contains(step.change())).toList();
    }

    /** A step is over: done, or left for good. */
    synchronized void over(CanaryStep step, boolean isBack) {
        over.add(step.change());
        back |= isBack;
    }

    /** Whether any of the canary was rolled back. */
    synchronized boolean isBack() {
        return back;
    }

    /** Whether the canary is to be rolled back after that decision. A fault that is still in does not hinder it. */
    boolean areDue(CanaryRollback.On on, Verdict decided) {
        return !ahead().isEmpty() && (isBegun() || decided.started() && covers(on, decided.kind()));
    }

    private static boolean covers(CanaryRollback.On on, Verdict.Kind kind) {
        return switch (on) {
            case VIOLATED -> kind == Verdict.Kind.VIOLATED;
            case NOT_PASSED -> kind == Verdict.Kind.VIOLATED || kind == Verdict.Kind.INCONCLUSIVE;
        };
    }
}
