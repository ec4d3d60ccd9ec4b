package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Labels;
import java.util.List;
import java.util.Map;

/**
 * Some workloads of the mesh, as the cluster showed them.
 *
 * @param labels the labels that select them; empty where they were found in another way (every pod that is not the
 *     canary's)
 * @param names the names that the mesh's telemetry gives them: of Deployments, or whatever owns the pods; sorted
 * @param pods the names of their pods (or WorkloadEntries); sorted
 * @param addresses the IP addresses of those pods, by name; a pod that has none yet, or is a WorkloadEntry, is left out
 */
public record Workloads(
        Map<String, String> labels, List<String> names, List<String> pods, Map<String, String> addresses) {

    /** No workload at all. */
    public static final Workloads NONE = new Workloads(Map.of(), List.of(), List.of());

    public Workloads {
        labels = Labels.copyOf(labels);
        names = List.copyOf(names);
        pods = List.copyOf(pods);
        addresses = Map.copyOf(addresses);
    }

    /** Workloads whose pods' addresses are not known. */
    public Workloads(Map<String, String> labels, List<String> names, List<String> pods) {
        this(labels, names, pods, Map.of());
    }

    public boolean isEmpty() {
        return pods.isEmpty();
    }
}
