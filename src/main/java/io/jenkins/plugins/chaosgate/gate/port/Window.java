package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Duration;
import java.time.Instant;

/**
 * A time over which events are counted: after {@code from}, up to and with {@code to}.
 *
 * @param from not after {@code to}
 */
public record Window(Instant from, Instant to) {

    public Window {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a window ends before it begins: " + from + " to " + to);
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
