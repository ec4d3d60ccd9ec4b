package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.Lateness;
import java.time.Instant;

/**
 * What this process cannot know of a change that another one made.
 *
 * @param until until then a change that the cluster does not show may still come in
 * @param identity which cluster it was made in; empty where nobody knows
 */
record Doubt(Instant until, String identity) {

    /** Of a change of one's own: what asked for it knows. */
    static final Doubt NONE = new Doubt(Instant.MIN, "");

    static Doubt of(JournalEntry entry) {
        return new Doubt(Lateness.certainAt(entry), entry.identity());
    }

    /** The same, but no longer than until then. */
    Doubt atMost(Instant latest) {
        return until.isAfter(latest) ? new Doubt(latest, identity) : this;
    }
}
