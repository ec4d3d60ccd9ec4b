package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which pod a series was scraped from, by the labels that Prometheus gives its targets. Pure. */
final class PodTargets {

    /** As Istio's own configuration, its PodMonitor and the usual relabelling of the Kubernetes discovery name a pod. */
    static final List<String> POD_LABELS = List.of("pod", "pod_name", "kubernetes_pod_name");

    private final Workloads arm;

    PodTargets(Workloads arm) {
        this.arm = arm;
    }

    /** The pod of the arm; empty where it is none of them, or no label tells. */
    Optional<String> podOf(Map<String, String> labels) {
        String host = host(labels.getOrDefault("instance", ""));
        Optional<String> byAddress = arm.addresses().entrySet().stream()
                .filter(pod -> pod.getValue().equals(host))
                .map(Map.Entry::getKey)
                .findFirst();
        return byAddress.or(() -> POD_LABELS.stream()
                .map(label -> labels.getOrDefault(label, ""))
                .filter(name -> arm.pods().contains(name))
                .filter(name -> !isAddress(host) || !arm.addresses().containsKey(name))
                .findFirst());
    }

    /** The address or name of a target without its port: {@code 10.1.2.3} of {@code 10.1.2.3:15090}. */
    static String host(String instance) {
        if (instance.startsWith("[")) {
            return instance.substring(1, Math.max(1, instance.indexOf(']')));
        }
        int colon = instance.indexOf(':');
        return colon < 0 || colon != instance.lastIndexOf(':') ? instance : instance.substring(0, colon);
    }

    /** The port of a target; empty where it has none. */
    static String port(String instance) {
        String host = host(instance);
        int end = instance.startsWith("[") ? host.length() + 2 : host.length();
        return instance.length() > end ? instance.substring(end + 1) : "";
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
