package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.util.Objects;
import java.util.Optional;

/** Something that only telemetry can tell. */
public sealed interface Question {

    /** The time that is asked about; for a query of the user's own its end is the time of evaluation. */
    Window window();

    /**
     * The value of a threshold.
     *
     * @param workloads for a threshold on a service: only requests answered by these count; empty means all of the
     *     service's. Requests that an injected fault answered never count
     */
    record ValueOf(Threshold threshold, Optional<Workloads> workloads, Window window) implements Question {
        public ValueOf {
            Objects.requireNonNull(threshold, "threshold");
            Objects.requireNonNull(workloads, "workloads");
            Objects.requireNonNull(window, "window");
        }
    }

    /** How many requests the proxies hurt with a fault; the answer's value and requests are both that number. */
    record InjectedBy(Fault fault, InjectionPoint point, Window window) implements Question {
        public InjectedBy {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(point, "point");
            Objects.requireNonNull(window, "window");
        }
    }
}
