package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One member of the mesh: a pod that is neither ending nor over, or a WorkloadEntry.
 *
 * @param name the name of the pod or WorkloadEntry
 * @param address the pod's IP address; empty where it has none yet, and for a WorkloadEntry, which may have a host's name
 * @param workload the name that the mesh's telemetry gives it
 * @param proxied whether it has the mesh's proxy; a WorkloadEntry is taken to have one
 * @param gateway whether that proxy is a gateway's, which takes no faults of sidecars
 * @param ready whether it takes traffic
 * @param domain the cluster's domain, as its proxy was told; empty where that does not show
 */
record Member(
        String name,
        String address,
        String workload,
        Map<String, String> labels,
        boolean proxied,
        boolean gateway,
        boolean ready,
        Optional<String> domain) {

    private static final String PROXY = "istio-proxy";
    private static final Pattern DOMAIN =
            Pattern.compile("^--domain[=\\n][^\\n]*\\.svc\\.([a-z0-9.-]+?)\\.?$", Pattern.MULTILINE);

    /** A member that does not say in which domain it is. */
    Member(
            String name,
            String address,
            String workload,
            Map<String, String> labels,
            boolean proxied,
            boolean gateway,
            boolean ready) {
        this(name, address, workload, labels, proxied, gateway, ready, Optional.empty());
    }

    Member {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(workload, "workload");
        labels = Labels.copyOf(labels);
    }

    /** Whether a pod counts: it is not being deleted and has not run to its end. */
    static boolean isLive(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return !pod.path("metadata").has("deletionTimestamp") && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    static Member ofPod(JsonNode pod) {
        return new Member(
                Json.name(pod),
                pod.path("status").path("podIP").asText(),
                WorkloadName.of(pod),
                Json.strings(pod.path("metadata").path("labels")),
                pod.path("metadata").path("annotations").has("sidecar.istio.io/status")
                        || proxies(pod).findAny().isPresent(),
                proxies(pod).anyMatch(proxy -> Json.elements(proxy.path("args"))
                        .anyMatch(arg -> arg.asText().equals("router"))),
                PodReader.isReady(pod),
                proxies(pod).flatMap(Member::domains).findFirst());
    }

    /** What follows {@code .svc.} in the argument {@code --domain}: {@code $(POD_NAMESPACE).svc.cluster.local}. */
    private static Stream<String> domains(JsonNode proxy) {
        String all = Json.elements(proxy.path("args")).map(JsonNode::asText).collect(Collectors.joining("\n"));
        return DOMAIN.matcher(all).results().map(found -> found.group(1));
    }

    static Member ofWorkloadEntry(JsonNode entry) {
        Map<String, String> labels =
                new LinkedHashMap<>(Json.strings(entry.path("metadata").path("labels")));
        labels.putAll(Json.strings(entry.path("spec").path("labels")));
        String name = Json.name(entry);
        return new Member(name, "", name, labels, true, false, true, Optional.empty());
    }

    /**
     * Whether a pod and a WorkloadEntry stand for the same member: they have one name, or one address that is not also the
     * node's.
     */
    static boolean areOne(JsonNode pod, JsonNode entry) {
        String address = entry.path("spec").path("address").asText();
        return Json.name(pod).equals(Json.name(entry))
                || !address.isEmpty()
                        && !pod.path("spec").path("hostNetwork").asBoolean()
                        && address.equals(pod.path("status").path("podIP").asText());
    }

    /** All members, each once: what a WorkloadEntry says of a pod is added to that pod's labels. */
    static List<Member> of(List<? extends JsonNode> pods, List<? extends JsonNode> entries) {
        List<? extends JsonNode> live = pods.stream().filter(Member::isLive).toList();
        return Stream.concat(
                        live.stream().map(pod -> entries.stream()
                                .filter(entry -> areOne(pod, entry))
                                .reduce(
                                        ofPod(pod),
                                        (member, entry) -> member.with(
                                                ofWorkloadEntry(entry).labels()),
                                        (one, other) -> one)),
                        entries.stream()
                                .filter(entry -> live.stream().noneMatch(pod -> areOne(pod, entry)))
                                .map(Member::ofWorkloadEntry))
                .toList();
    }

    /** The same with more labels; where both have one, its own stays. */
    private Member with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(labels);
        return new Member(name, address, workload, all, proxied, gateway, ready, domain);
    }

    boolean selectedBy(Map<String, String> selector) {
        return Labels.match(selector, labels);
    }

    /** The containers that are the mesh's proxy; with native sidecars they are init containers. */
    static Stream<JsonNode> proxies(JsonNode pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(field -> Json.elements(pod.path("spec").path(field)))
                .filter(Member::isProxy);
    }

    /** Whether a container of a pod's spec is the mesh's proxy. */
    static boolean isProxy(JsonNode container) {
        return container.path("name").asText().equals(PROXY);
    }
}
