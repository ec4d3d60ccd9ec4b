package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The canary's pods, and those of its WorkloadEntries that stand for no pod. Blocks while it reads. */
final class CanaryPodsReader {

    private final Cluster cluster;

    CanaryPodsReader(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What preflight's lists of a whole namespace show. */
    static CanaryPods of(Target target, List<ObjectNode> pods, List<ObjectNode> entries) {
        List<JsonNode> live =
                pods.stream().filter(Member::isLive).map(JsonNode.class::cast).toList();
        return new CanaryPods(
                pods.stream()
                        .filter(pod -> Labels.match(
                                target.canary(),
                                Json.strings(pod.path("metadata").path("labels"))))
                        .map(PodReader::read)
                        .sorted(Comparator.comparing(CanaryPods.Pod::name))
                        .toList(),
                entries.stream()
                        .filter(entry -> Member.ofWorkloadEntry(entry).selectedBy(target.canary()))
                        .filter(entry -> live.stream().noneMatch(pod -> Member.areOne(pod, entry)))
                        .map(CanaryPodsReader::ref)
                        .sorted(Comparator.comparing(ObjectRef::name))
                        .toList());
    }

    /** The same now: pods by the canary's labels, WorkloadEntries only where there were any. */
    CanaryPods read(Target target, CanaryPods before) {
        List<ObjectNode> pods = before.pods().isEmpty()
                ? List.of()
                : cluster.list(ResourceType.POD, target.namespace(), target.canary());
        return new CanaryPods(of(target, pods, List.of()).pods(), stillThere(target, before.entries()));
    }

    private List<ObjectRef> stillThere(Target target, List<ObjectRef> before) {
        if (before.isEmpty()) {
            return List.of();
        }
        String apiVersion = before.get(0).apiVersion();
        ResourceType type =
                IstioTypes.type(IstioTypes.WORKLOAD_ENTRY, apiVersion.substring(apiVersion.indexOf('/') + 1));
        Set<String> names = cluster.list(type, target.namespace(), Map.of()).stream()
                .filter(entry -> Member.ofWorkloadEntry(entry).selectedBy(target.canary()))
                .map(Json::name)
                .collect(Collectors.toUnmodifiableSet());
        return before.stream().filter(entry -> names.contains(entry.name())).toList();
    }

    private static ObjectRef ref(JsonNode entry) {
        return new ObjectRef(
                entry.path("apiVersion").asText(), IstioTypes.WORKLOAD_ENTRY, Json.namespace(entry), Json.name(entry));
    }
}
