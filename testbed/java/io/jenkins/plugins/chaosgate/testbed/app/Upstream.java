package io.jenkins.plugins.chaosgate.testbed.app;

import java.time.Duration;

/**
 * A service that another one calls to answer a request.
 *
 * @param service its name, say {@code ratings}
 * @param timeout how long the caller waits for the whole answer
 * @param needed whether the caller fails when this one does; it falls back otherwise
 */
public record Upstream(String service, Duration timeout, boolean needed) {

    /** An upstream without which the caller answers 500. */
    public static Upstream needed(String service, Duration timeout) {
        return new Upstream(service, timeout, true);
    }

    /** An upstream without which the caller answers all the same, and says so. */
    public static Upstream optional(String service, Duration timeout) {
        return new Upstream(service, timeout, false);
    }
}
