package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the canary's pods are, before the gate begins, as they have to be while it lasts. */
final class PodFindings {

    private static final String TOPIC = "pods";
    private static final int MOST_NAMES = 5;

    private PodFindings() {}

    /** None where there is no member at all: that is said of the canary. */
    static List<Finding> of(Target target, PodLimits limits, CanaryPods pods) {
        List<Pod> live = pods.live();
        if (live.isEmpty()) {
            return pods.entries().isEmpty()
                    ? List.of()
                    : List.of(Finding.ok(
                            TOPIC, PodWords.entries(pods) + ": nothing of them is looked at but that they are there"));
        }
        PodState state = PodState.begin(limits, PodState.Part.BEFORE_THE_FAULT, pods);
        List<Pod> unready = live.stream().filter(pod -> !pod.ready()).toList();
        String ready = (live.size() - unready.size()) + " of " + live.size() + " ready";
        if (!state.areReadyNow()) {
            return List.of(Finding.error(TOPIC, tooFew(target, unready, ready, limits)));
        }
        List<Finding> findings = new ArrayList<>();
        String carried = PodWords.carried(live);
        if (carried.contains("; ")) {
            findings.add(
                    Finding.warning(
                            TOPIC,
                            "the canary's pods do not all carry the same: " + carried
                                    + ". Is a rollout still under way? Where it takes pods away nothing can be said of the canary"));
        }
        findings.add(Finding.ok(
                TOPIC,
                ready + ", " + carried + "; limits: " + PodWords.limits(limits)
                        + (pods.entries().isEmpty() ? "" : "; beside them " + PodWords.entries(pods))));
        return findings;
    }

    private static String tooFew(Target target, List<Pod> unready, String ready, PodLimits limits) {
        String selector = Labels.toSelector(target.canary());
        return names(unready) + " of " + selector + (unready.size() == 1 ? " is" : " are") + " not ready: " + ready
                + ", limits: " + PodWords.limits(limits) + ". Begin when the canary is rolled out (kubectl -n "
                + target.namespace() + " wait --for=condition=Ready pod -l " + selector
                + "), or ask for less: pods: {ready: {min: …}}";
    }

    private static String names(List<Pod> pods) {
        return pods.stream().limit(MOST_NAMES).map(Pod::name).collect(Collectors.joining(", "))
                + (pods.size() > MOST_NAMES ? " and " + (pods.size() - MOST_NAMES) + " more" : "");
    }
}
