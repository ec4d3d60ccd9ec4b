package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/**
 * Where in the mesh one fault is injected: which proxies do it, on which side of a call.
 *
 * @param proxies the workloads whose proxies inject
 * @param inbound false: on calls that those workloads make; true: on calls that they receive
 */
public record InjectionPoint(Workloads proxies, boolean inbound) {

    public InjectionPoint {
        Objects.requireNonNull(proxies, "proxies");
    }
}
