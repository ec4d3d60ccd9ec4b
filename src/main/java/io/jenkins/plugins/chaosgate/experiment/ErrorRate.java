package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Optional;

/**
 * Which share of its requests a service answered with a 5xx status (or a failed gRPC status): 0 to 1.
 *
 * @param window how far an observation looks back
 */
public record ErrorRate(String title, ServiceName of, Optional<Arm> arm, Duration window, Judging judging)
        implements ServiceThreshold {

    @Override
    public String kind() {
        return "errorRate";
    }

    @Override
    public Unit unit() {
        return Unit.FRACTION;
    }
}
