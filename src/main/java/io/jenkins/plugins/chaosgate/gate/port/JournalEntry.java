package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Instant;
import java.util.Objects;

/**
 * One change that may be in a cluster.
 *
 * @param cluster which cluster, by a name that the controller can find its credentials by; never a credential itself
 * @param ticket the gate whose change it is
 * @param openedAt when it was written down
 */
public record JournalEntry(String cluster, GateTicket ticket, Change change, Instant openedAt) {

    public JournalEntry {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(openedAt, "openedAt");
    }
}
