package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.time.Instant;

/**
 * One value of a series.
 *
 * @param millis when, in milliseconds since 1970
 * @param value any double, also NaN and infinite ones
 */
public record Sample(long millis, double value) {
    public Instant time() {
        return Instant.ofEpochMilli(millis);
    }
}
