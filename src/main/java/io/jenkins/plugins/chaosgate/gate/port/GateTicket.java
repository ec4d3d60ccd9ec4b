package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import java.time.Duration;
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

    private static final Duration ROLLBACK_ALLOWANCE = Duration.ofMinutes(1);

    public GateTicket {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(origin, "origin");
        if (!id.matches("[a-z0-9]{4,20}")) {
            throw new IllegalArgumentException("a gate's id is 4 to 20 lower-case letters and digits, not: " + id);
        }
    }

    /** A ticket for a gate that begins now and looks as long as that. */
    public static GateTicket beginning(Instant now, String id, String origin, Watch watch) {
        Duration longest = watch.warmup()
                .plus(watch.duration())
                .plus(watch.missingData().multipliedBy(3))
                .plus(ROLLBACK_ALLOWANCE);
        return new GateTicket(id, origin, now, now.plus(longest));
    }

    /** The ticket of a gate that may have to wait that long before it begins. */
    public GateTicket waiting(Duration patience) {
        return new GateTicket(id, origin, since, until.plus(patience));
    }
}
