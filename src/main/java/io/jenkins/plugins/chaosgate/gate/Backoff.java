package io.jenkins.plugins.chaosgate.gate;

import java.time.Duration;

/** Pauses between attempts, each twice the one before, up to a longest one. */
final class Backoff {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private int attempts;

    /** The pause after one more attempt that failed. */
    Duration next() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 20));
        attempts++;
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** How many attempts failed. */
    int attempts() {
        return attempts;
    }
}
