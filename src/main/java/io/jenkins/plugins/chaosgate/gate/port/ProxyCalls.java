package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/**
 * What one proxy did with the calls in a fault's scope.
 *
 * @param proxy how telemetry names it; empty where it does not
 * @param affected how many calls the fault met
 * @param calls all of them, affected ones included; 0 where only those are counted
 */
public record ProxyCalls(String proxy, long affected, long calls) {

    public ProxyCalls {
        Objects.requireNonNull(proxy, "proxy");
        if (affected < 0 || calls < 0) {
            throw new IllegalArgumentException("expected 0 or more calls, but found " + affected + " of " + calls);
        }
    }
}
