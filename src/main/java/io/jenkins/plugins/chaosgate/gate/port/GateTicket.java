package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Instant;
import java.util.Objects;

/**
 * What one gate is known by in the cluster.
 *
 * @param id short and unique, fit for a Kubernetes object's name: lower-case letters and digits
 * @param origin who runs it, for people: a build's URL, or a user and machine
 * @param since when it began
 * @param until when its faults are to be gone at the latest, by its own plan
 */
public record GateTicket(String id, String origin, Instant since, Instant until) {

    public GateTicket {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(origin, "origin");
        if (!id.matches("[a-z0-9]{4,20}")) {
            throw new IllegalArgumentException("a gate's id is 4 to 20 lower-case letters and digits, not: " + id);
        }
    }
}
