package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.List;
import java.util.Optional;

/**
 * Whom a gate is about, for people.
 *
 * @param labels {@code app=reviews,version=v2}
 * @param pods {@code 3 pods: reviews-1, reviews-2, reviews-3}, at most five by name; empty where none was seen
 */
public record CanaryWords(String labels, String namespace, String pods) {

    private static final int NAMED = 5;

    /** The canary of a gate. */
    public static CanaryWords of(GateSnapshot gate) {
        return new CanaryWords(
                Labels.toSelector(gate.experiment().target().canary()),
                gate.experiment().target().namespace(),
                pods(gate.scene()));
    }

    private static String pods(Optional<Scene> scene) {
        List<String> pods = scene.map(Scene::canary).map(Workloads::pods).orElse(List.of());
        if (pods.isEmpty()) {
            return "";
        }
        String names = String.join(", ", pods.subList(0, Math.min(NAMED, pods.size())));
        String more = pods.size() > NAMED ? " and " + (pods.size() - NAMED) + " more" : "";
        return (pods.size() == 1 ? "one pod: " : pods.size() + " pods: ") + names + more;
    }
}
