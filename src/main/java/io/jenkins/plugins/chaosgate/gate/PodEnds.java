package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.End;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a pod ended by its own doing or by somebody else's, and in which words that is said. Pure functions. */
final class PodEnds {

    /** Why a kubelet or a controller ends pods that did nothing wrong; an admission that was refused never ran them. */
    private static final Set<String> OTHERS = Set.of(
            "Preempting",
            "Shutdown",
            "NodeShutdown",
            "Terminated",
            "NodeLost",
            "NodeAffinity",
            "UnexpectedAdmissionError",
            "OutOfcpu",
            "OutOfmemory",
            "OutOfpods",
            "OutOfephemeral-storage");

    /**
     * How a kubelet tells of an eviction that is the pod's own doing: it used more than its limit of storage, or more of
     * what the node lacks than it asked for (pkg/kubelet/eviction/helpers.go).
     */
    private static final Pattern USED_TOO_MUCH =
            Pattern.compile("exceed(s|ed)|has larger consumption of", Pattern.CASE_INSENSITIVE);

    private PodEnds() {}

    /** Whether a pod that is over failed by itself: the kubelet says so, and nobody took it away. */
    static boolean isItsOwn(Pod pod) {
        if (!pod.phase().equals("Failed") || pod.deletedAt().isPresent()) {
            return false;
        }
        if (pod.reason().equals("Evicted")) {
            return USED_TOO_MUCH.matcher(pod.message()).find();
        }
        boolean isTakenAway = !pod.disruption().isEmpty() || OTHERS.contains(pod.reason());
        return !isTakenAway;
    }

    /** {@code reviews-v2-abc was deleted (EvictionByEvictionAPI)}. */
    static String words(Pod pod) {
        String what = pod.deletedAt().map(at -> " was deleted at " + at).orElseGet(() -> switch (pod.phase()) {
            case "Failed" -> pod.reason().equals("Evicted") ? " was evicted" : " failed";
            case "Succeeded" -> " ran to its end";
            default -> " is gone";
        });
        return pod.name() + what + why(pod);
    }

    private static String why(Pod pod) {
        String reason =
                !pod.disruption().isEmpty() ? pod.disruption() : pod.reason().equals("Evicted") ? "" : pod.reason();
        String both = reason + (reason.isEmpty() || pod.message().isEmpty() ? "" : ": ") + pod.message();
        return both.isEmpty() ? "" : " (" + both + ")";
    }

    /** {@code OOMKilled, exit code 137}. */
    static String words(End end) {
        return (end.reason().isEmpty() ? "" : end.reason() + ", ") + "exit code " + end.exitCode();
    }
}
