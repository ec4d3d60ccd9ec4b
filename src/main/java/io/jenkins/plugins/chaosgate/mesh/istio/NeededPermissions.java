package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/** What a gate's account must be allowed to write, by what the gate is to do. Pure functions. */
final class NeededPermissions {

    private NeededPermissions() {}

    /** @param changes as they were planned; none for a control run, and where something else already stops the gate */
    static List<Permission> of(Experiment experiment, IstioTypes types, List<Change> changes) {
        return Stream.of(writing(experiment, types, changes), guarding(experiment), locking(experiment))
                .flatMap(List::stream)
                .toList();
    }

    /** What carrying the changes out, and taking them out again, needs; by the mechanism where there are none. */
    private static List<Permission> writing(Experiment experiment, IstioTypes types, List<Change> changes) {
        if (experiment.isControlRun()) {
            return List.of();
        }
        String namespace = experiment.target().namespace();
        boolean edits = experiment.mechanism() == Mechanism.VIRTUAL_SERVICE;
        if (changes.isEmpty()) {
            return types.find(edits ? IstioTypes.VIRTUAL_SERVICE : IstioTypes.ENVOY_FILTER).stream()
                    .flatMap(type -> verbs(edits).map(verb -> new Permission(verb, type, namespace)))
                    .toList();
        }
        return changes.stream()
                .flatMap(change -> verbs(change.edits())
                        .map(verb -> new Permission(
                                verb,
                                ChangeMaker.typeOf(change),
                                change.object().namespace())))
                .distinct()
                .toList();
    }

    private static List<Permission> guarding(Experiment experiment) {
        return experiment.isGuarded()
                ? Stream.of("create", "get", "patch", "delete")
                        .map(verb -> new Permission(
                                verb, ResourceType.JOB, experiment.target().namespace()))
                        .toList()
                : List.of();
    }

    private static List<Permission> locking(Experiment experiment) {
        return Stream.of("create", "get", "list", "patch", "delete")
                .map(verb -> new Permission(
                        verb, ResourceType.LEASE, experiment.target().namespace()))
                .toList();
    }

    private static Stream<String> verbs(boolean edits) {
        return edits ? Stream.of("get", "patch") : Stream.of("create", "get", "delete");
    }
}
