package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;

/**
 * Requests are held back by the proxy before they go on.
 *
 * @param delay how long; at least 1 ms (Envoy rejects a delay of zero)
 */
public record HttpDelay(Scope scope, Duration delay) implements Fault {

    @Override
    public String kind() {
        return "httpDelay";
    }

    @Override
    public String describe(String targetNamespace) {
        return "delay " + scope.describe(targetNamespace) + " by " + Units.duration(delay);
    }

    @Override
    public boolean slowsCallers() {
        return true;
    }
}
