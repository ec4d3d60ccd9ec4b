package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;

/** Notices that the cluster's clock and ours are apart. Adds a finding; blocks while it asks. */
final class ClockCheck {

    private static final Duration ALLOWED = Duration.ofSeconds(5);

    private ClockCheck() {}

    static void check(Cluster cluster, Findings findings) {
        cluster.time()
                .map(theirs -> Duration.between(Instant.now(), theirs))
                .filter(ahead -> ahead.abs().compareTo(ALLOWED) > 0)
                .ifPresent(ahead -> findings.warning(
                        "clock",
                        "the cluster's clock is "
                                + Units.duration(Duration.ofSeconds(ahead.abs().toSeconds()))
                                + (ahead.isNegative() ? " behind" : " ahead of")
                                + " ours: the guard counts by the cluster's alone, but the times on the fault will look"
                                + " wrong to people and to other gates; set both by NTP"));
    }
}
