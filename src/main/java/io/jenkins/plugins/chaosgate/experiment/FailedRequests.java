package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a service answered with a 5xx status (or a failed gRPC status) within a time.
 *
 * @param per the length of that time
 */
public record FailedRequests(String title, ServiceName of, Optional<Arm> arm, Duration per, Judging judging)
        implements ServiceThreshold {

    @Override
    public String kind() {
        return "failedRequests";
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }

    @Override
    public Duration window() {
        return per;
    }
}
