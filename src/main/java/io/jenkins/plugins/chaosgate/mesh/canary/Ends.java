package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is behind the destinations of routes, in the target's namespace. */
final class Ends {

    /** Whose a destination is. */
    enum Whose {
        CANARY,
        STABLE,
        /** Of neither alone, or of nobody. */
        OTHER
    }

    /** Argo's pkg/apis/rollouts/v1alpha1/types.go has it as DefaultRolloutUniqueLabelKey. */
    private static final String ROLLOUT_LABEL = "rollouts-pod-template-hash";

    private final Target target;
    private final List<Map<String, String>> members;
    private final Map<String, Map<String, String>> services;
    private final List<ObjectNode> destinationRules;

    private Ends(
            Target target,
            List<Map<String, String>> members,
            Map<String, Map<String, String>> services,
            List<ObjectNode> destinationRules) {
        this.target = target;
        this.members = members;
        this.services = services;
        this.destinationRules = destinationRules;
    }

    /** Blocks while the cluster is asked. */
    static Ends read(Cluster cluster, Target target) {
        String namespace = target.namespace();
        List<Map<String, String>> members = new ArrayList<>();
        cluster.list(ResourceType.POD, namespace, Map.of()).stream()
                .filter(Owners::isLive)
                .forEach(pod -> members.add(Json.strings(pod.path("metadata").path("labels"))));
        list(cluster, Types.WORKLOAD_ENTRY, namespace).forEach(entry -> {
            Map<String, String> labels =
                    new LinkedHashMap<>(Json.strings(entry.path("metadata").path("labels")));
            labels.putAll(Json.strings(entry.path("spec").path("labels")));
            members.add(labels);
        });
        Map<String, Map<String, String>> services = new LinkedHashMap<>();
        cluster.list(ResourceType.SERVICE, namespace, Map.of())
                .forEach(service -> services.put(
                        Json.name(service), Json.strings(service.path("spec").path("selector"))));
        return new Ends(target, members, services, list(cluster, Types.DESTINATION_RULE, namespace));
    }

    private static List<ObjectNode> list(Cluster cluster, ResourceType kind, String namespace) {
        return Types.served(cluster, kind)
                .map(type -> cluster.list(type, namespace, Map.of()))
                .orElse(List.of());
    }

    /** Whether pods of the canary belong to a Rollout of Argo, as its controller marks them. */
    boolean isCanaryOfRollout() {
        return members.stream()
                .anyMatch(labels -> Labels.match(target.canary(), labels) && labels.containsKey(ROLLOUT_LABEL));
    }

    /** Whose a destination of an Istio route is. */
    Whose ofDestination(JsonNode destination) {
        String host = destination.path("host").asText();
        Optional<String> service = service(host);
        String subset = destination.path("subset").asText();
        if (service.isEmpty() || subset.isEmpty()) {
            return service.map(name -> whose(name, Map.of())).orElse(Whose.OTHER);
        }
        List<Whose> readings = destinationRules.stream()
                .filter(rule -> service(rule.path("spec").path("host").asText()).equals(service))
                .flatMap(rule -> Json.elements(rule.path("spec").path("subsets")))
                .filter(one -> one.path("name").asText().equals(subset))
                .map(one -> whose(service.get(), Json.strings(one.path("labels"))))
                .distinct()
                .toList();
        return readings.size() == 1 ? readings.get(0) : Whose.OTHER;
    }

    /** Whose a backend of an HTTPRoute is. */
    Whose ofBackend(JsonNode backend) {
        boolean isService = backend.path("kind").asText("Service").equals("Service")
                && backend.path("group").asText().isEmpty()
                && backend.path("namespace").asText(target.namespace()).equals(target.namespace());
        return isService ? whose(backend.path("name").asText(), Map.of()) : Whose.OTHER;
    }

    /** The service of the target's namespace that a host stands for; empty where it stands for none. */
    private Optional<String> service(String host) {
        String[] parts = host.split("\\.", 3);
        boolean isHere = parts.length == 1
                || parts[1].equals(target.namespace())
                        && (parts.length == 2 || parts[2].equals("svc") || parts[2].startsWith("svc."));
        return isHere && services.containsKey(parts[0]) ? Optional.of(parts[0]) : Optional.empty();
    }

    private Whose whose(String service, Map<String, String> subset) {
        Map<String, String> selector = services.getOrDefault(service, Map.of());
        if (selector.isEmpty()) {
            return Whose.OTHER;
        }
        List<Map<String, String>> behind = members.stream()
                .filter(labels -> Labels.match(selector, labels) && Labels.match(subset, labels))
                .toList();
        return all(target.canary(), behind)
                ? Whose.CANARY
                : all(target.stable(), behind)
                                && behind.stream().noneMatch(labels -> Labels.match(target.canary(), labels))
                        ? Whose.STABLE
                        : Whose.OTHER;
    }

    private static boolean all(Map<String, String> selector, List<Map<String, String>> members) {
        return !members.isEmpty() && members.stream().allMatch(labels -> Labels.match(selector, labels));
    }

    /** The lists of weighted destinations in a VirtualService, with the path of each. */
    static Map<String, JsonNode> ofVirtualService(JsonNode object) {
        Map<String, JsonNode> lists = new LinkedHashMap<>();
        Stream.of("http", "tls", "tcp").forEach(field -> {
            JsonNode routes = object.path("spec").path(field);
            for (int i = 0; i < routes.size(); i++) {
                lists.put("/spec/" + field + "/" + i + "/route", routes.get(i).path("route"));
            }
        });
        return lists;
    }

    /** The same in an HTTPRoute. */
    static Map<String, JsonNode> ofHttpRoute(JsonNode object) {
        Map<String, JsonNode> lists = new LinkedHashMap<>();
        JsonNode rules = object.path("spec").path("rules");
        for (int i = 0; i < rules.size(); i++) {
            lists.put("/spec/rules/" + i + "/backendRefs", rules.get(i).path("backendRefs"));
        }
        return lists;
    }
}
