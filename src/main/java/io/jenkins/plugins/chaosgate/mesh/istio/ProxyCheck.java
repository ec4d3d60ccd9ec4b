package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.Labels;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether workloads are there and have the mesh's proxy, without which no fault reaches them. Adds findings. */
final class ProxyCheck {

    private static final int MOST_NAMES = 5;

    private ProxyCheck() {}

    /** False where findings say that something is wrong with them. */
    static boolean check(String topic, Map<String, String> labels, List<Member> members, Findings findings) {
        String selector = Labels.toSelector(labels);
        if (members.isEmpty()) {
            findings.error(
                    topic,
                    "no running pod or WorkloadEntry has the labels " + selector + ": deploy it, or correct"
                            + " the labels");
            return false;
        }
        List<Member> bare = having(members, member -> !member.proxied());
        if (!bare.isEmpty()) {
            findings.error(
                    "proxies",
                    names(bare) + " of " + selector + " has no istio-proxy: enable injection for the namespace and"
                            + " restart the pods (ambient mode has no sidecars, and takes no faults)");
        }
        List<Member> gateways = having(members, Member::gateway);
        if (!gateways.isEmpty()) {
            findings.error(
                    "proxies",
                    names(gateways) + " of " + selector + " is a gateway, not a sidecar: name a workload behind it");
        }
        return bare.isEmpty() && gateways.isEmpty();
    }

    /** Warns of members that may take no traffic. */
    static void readiness(String topic, Map<String, String> labels, List<Member> members, Findings findings) {
        List<Member> unready = having(members, member -> !member.ready());
        if (!unready.isEmpty()) {
            findings.warning(
                    topic,
                    names(unready) + " of " + Labels.toSelector(labels) + " is not ready: it may take no traffic");
        }
    }

    static String names(List<Member> members) {
        return members.stream().limit(MOST_NAMES).map(Member::name).collect(Collectors.joining(", "))
                + (members.size() > MOST_NAMES ? " and " + (members.size() - MOST_NAMES) + " more" : "");
    }

    private static List<Member> having(List<Member> members, Predicate<Member> condition) {
        return members.stream().filter(condition).toList();
    }
}
