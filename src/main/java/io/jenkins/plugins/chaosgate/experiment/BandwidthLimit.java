package io.jenkins.plugins.chaosgate.experiment;

/**
 * Responses trickle: the proxy passes on no more than so many bytes a second of each.
 *
 * @param kibibytesPerSecond the limit for each response, in KiB/s; at least 1
 */
public record BandwidthLimit(Scope scope, long kibibytesPerSecond) implements Fault {

    @Override
    public String kind() {
        return "bandwidthLimit";
    }

    @Override
    public String describe(String targetNamespace) {
        return "limit responses of " + scope.describe(targetNamespace) + " to " + kibibytesPerSecond + " KiB/s";
    }

    @Override
    public boolean slowsCallers() {
        return true;
    }
}
