package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Duration;
import java.time.Instant;

/** For how long a change that was asked for may still come in although the cluster does not show it. */
public final class Lateness {

    /**
     * What was sent is carried out within that time, or never. An API server gives a request up after a minute unless it is
     * told otherwise (kube-apiserver's {@code --request-timeout}), and sooner where the request says so; the rest is for its
     * store, and for whatever stands on the way to it.
     */
    public static final Duration LANDS_WITHIN = Duration.ofSeconds(75);

    /** What was written down is sent within that time, or never: a gate takes back what it could not ask for in time. */
    private static final Duration SENT_WITHIN = Duration.ofSeconds(75);

    /** The canary is asked for again and again, so later. */
    private static final Duration CANARY_SENT_WITHIN = Duration.ofSeconds(105);

    private Lateness() {}

    /**
     * From when on it is certain that a change which the cluster does not show will not come in any more, for whoever knows
     * no more of it than its entry. Long ago where the cluster's answer was heard.
     */
    public static Instant certainAt(JournalEntry entry) {
        if (entry.answered()) {
            return Instant.MIN;
        }
        Duration sentWithin = entry.change().rollsCanaryBack() ? CANARY_SENT_WITHIN : SENT_WITHIN;
        return entry.openedAt().plus(sentWithin).plus(LANDS_WITHIN);
    }
}
