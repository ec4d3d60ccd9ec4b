package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;

/**
 * Where in the mesh one fault is injected: which proxies do it, on which side of a call.
 *
 * @param proxies the workloads whose proxies inject
 * @param inbound false: on calls that those workloads make; true: on calls that they receive
 * @param ends the full names of the hosts that calls to the service are routed to, so that telemetry has them under these;
 *     empty where they end at the service that they name
 */
public record InjectionPoint(Workloads proxies, boolean inbound, List<String> ends) {

    public InjectionPoint {
        Objects.requireNonNull(proxies, "proxies");
        ends = List.copyOf(ends);
    }

    /** A point at calls that end at the service that they name. */
    public InjectionPoint(Workloads proxies, boolean inbound) {
        this(proxies, inbound, List.of());
    }
}
