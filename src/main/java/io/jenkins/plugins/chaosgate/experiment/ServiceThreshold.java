package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Optional;

/** A threshold on the requests that a service answers, counted by the mesh's proxies. */
public sealed interface ServiceThreshold extends Threshold permits FailedRequests, ErrorRate, Latency, Throughput {

    /** The service that is judged. */
    ServiceName of();

    /** Which of its pods count; empty means the canary's where the service is its own, else all. */
    Optional<Arm> arm();

    /** The length of the window that an observation looks back over; shorter while the phase itself is younger. */
    Duration window();
}
