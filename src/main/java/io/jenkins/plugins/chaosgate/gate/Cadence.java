package io.jenkins.plugins.chaosgate.gate;

import java.time.Duration;
import java.time.Instant;

/**
 * When to look next: at every full interval since the beginning. A look that took longer skips the ones it missed, so
 * that looks never pile up.
 */
record Cadence(Instant beginning, Duration interval) {

    /** How long to wait from now for the next look; above zero. */
    Duration untilNext(Instant now) {
        long intervalNanos = interval.toNanos();
        long sinceLast = Math.floorMod(Duration.between(beginning, now).toNanos(), intervalNanos);
        return Duration.ofNanos(intervalNanos - sinceLast);
    }
}
