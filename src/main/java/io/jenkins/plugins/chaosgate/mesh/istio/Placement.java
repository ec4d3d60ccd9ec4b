package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where one fault is put: into which proxies, and on which calls of theirs.
 *
 * @param index the fault's place in the experiment, from 0
 * @param selector the labels that select the proxies, in the target's namespace
 * @param proxies the members that have those proxies now
 * @param inbound whether the calls are those that the proxies receive; else those that they make
 * @param host the full host name that is called
 * @param ports the ports of that host, as the names of Envoy's virtual hosts have them; at least one
 * @param only where set, only calls that end there are hurt
 * @param ends the full names of the hosts that routes lead calls to the host to; empty where they end at the host itself
 */
record Placement(
        int index,
        Fault fault,
        Map<String, String> selector,
        List<Member> proxies,
        boolean inbound,
        String host,
        List<Integer> ports,
        Optional<Destination> only,
        Set<String> ends) {

    /** Where calls end: a host, or the subset of it that a DestinationRule names. */
    record Destination(String host, Optional<String> subset, Optional<Integer> port) {

        /** The name that istiod gives this destination's cluster, for calls that were made to that port. */
        String cluster(int calledPort) {
            return "outbound|" + port.orElse(calledPort) + "|" + subset.orElse("") + "|" + host;
        }
    }

    Placement {
        Objects.requireNonNull(fault, "fault");
        selector = Labels.copyOf(selector);
        proxies = List.copyOf(proxies);
        Objects.requireNonNull(host, "host");
        ports = List.copyOf(ports);
        Objects.requireNonNull(only, "only");
        ends = Set.copyOf(ends);
        if (selector.isEmpty() || ports.isEmpty()) {
            // Without either the fault would reach every proxy of the namespace, or every service.
            throw new IllegalArgumentException("a fault needs a selector and at least one port");
        }
    }

    InjectionPoint point() {
        return new InjectionPoint(
                workloads(selector, proxies), inbound, ends.stream().sorted().toList());
    }

    static Workloads workloads(Map<String, String> labels, List<Member> members) {
        return new Workloads(
                labels,
                members.stream().map(Member::workload).distinct().sorted().toList(),
                members.stream().map(Member::name).sorted().toList(),
                members.stream()
                        .filter(member -> !member.address().isEmpty())
                        .collect(Collectors.toMap(Member::name, Member::address, (one, other) -> one)));
    }
}
