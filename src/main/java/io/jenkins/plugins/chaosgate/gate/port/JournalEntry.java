package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Instant;
import java.util.Objects;

/**
 * One change that may be in a cluster.
 *
 * @param cluster which cluster, by a name that the controller can find its credentials by; never a credential itself
 * @param identity which cluster answers to that name, as {@link FaultInjector#identity} says; empty where it did not tell
 * @param ticket the gate whose change it is
 * @param openedAt when it was written down
 * @param answered whether the cluster has said that it made the change, so that no request to make it is under way
 */
public record JournalEntry(
        String cluster, String identity, GateTicket ticket, Change change, Instant openedAt, boolean answered) {

    /** An entry that was just written down, of a cluster that does not tell which it is. */
    public JournalEntry(String cluster, GateTicket ticket, Change change, Instant openedAt) {
        this(cluster, "", ticket, change, openedAt, false);
    }

    /** The same, now that the cluster has said that it made the change. */
    public JournalEntry asAnswered() {
        return new JournalEntry(cluster, identity, ticket, change, openedAt, true);
    }

    public JournalEntry {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(openedAt, "openedAt");
    }
}
