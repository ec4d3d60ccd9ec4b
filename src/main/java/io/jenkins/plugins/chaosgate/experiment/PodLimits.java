package io.jenkins.plugins.chaosgate.experiment;

/**
 * What must hold of the canary's pods themselves while a gate looks; it is read from Kubernetes, not from Prometheus.
 *
 * @param maxRestarts how many times containers of the canary may be restarted in all; 0 or more
 * @param minReady which share of the canary's pods must be ready; 0 to 1
 */
public record PodLimits(long maxRestarts, double minReady) implements Condition {

    /** What holds where an experiment says nothing: no restart, and every pod ready. */
    public static final PodLimits DEFAULT = new PodLimits(0, 1);

    public PodLimits {
        if (maxRestarts < 0) {
            throw new IllegalArgumentException("expected 0 restarts or more, but found " + maxRestarts);
        }
        if (!(minReady >= 0 && minReady <= 1)) {
            throw new IllegalArgumentException("expected a share of ready pods from 0 to 1, but found " + minReady);
        }
    }

    @Override
    public String kind() {
        return "pods";
    }
}
