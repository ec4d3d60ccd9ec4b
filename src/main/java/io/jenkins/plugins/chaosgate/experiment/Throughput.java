package io.jenkins.plugins.chaosgate.experiment;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a service answers in a second.
 *
 * @param window how far an observation looks back
 */
public record Throughput(String title, ServiceName of, Optional<Arm> arm, Duration window, Judging judging)
        implements ServiceThreshold {

    @Override
    public String kind() {
        return "throughput";
    }

    @Override
    public Unit unit() {
        return Unit.PER_SECOND;
    }
}
