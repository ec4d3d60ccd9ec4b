package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Objects;

/**
 * What takes a fault out of the cluster when the gate itself no longer can.
 *
 * @param kind what stands behind the fault
 * @param lease for how long the fault may stay in after the gate was last heard of; from 10 seconds to an hour
 */
public record Guard(Kind kind, Duration lease) {

    public static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);
    public static final Duration LONGEST_LEASE = Duration.ofHours(1);

    /** A Job, and half a minute. */
    public static final Guard DEFAULT = new Guard(Kind.JOB, Duration.ofSeconds(30));

    public Guard {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(lease, "lease");
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("a lease is from " + Units.duration(SHORTEST_LEASE) + " to "
                    + Units.duration(LONGEST_LEASE) + ", not " + lease);
        }
    }

    /** What stands behind a fault. */
    public enum Kind {
        /** A Kubernetes Job that runs nothing and owns the fault: the cluster deletes both when nobody prolongs it. */
        JOB("job"),
        /** Nothing: the fault stays in until somebody takes it out. */
        NONE("none");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that an experiment file uses. */
        public String word() {
            return word;
        }
    }
}
