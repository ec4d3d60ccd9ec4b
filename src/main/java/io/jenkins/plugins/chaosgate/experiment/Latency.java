package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a service takes to answer, at a quantile, in seconds.
 *
 * @param quantile above 0 and below 1: 0.99 is the 99th percentile
 * @param window how far an observation looks back
 */
public record Latency(
        String title, ServiceName of, Optional<Arm> arm, double quantile, Duration window, Judging judging)
        implements ServiceThreshold {

    @Override
    public String kind() {
        return "latency";
    }

    @Override
    public Unit unit() {
        return Unit.SECONDS;
    }
}
