package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Something that only telemetry can tell. */
public sealed interface Question {

    /** The time that is asked about; for a query of the user's own its end is the time of evaluation. */
    Window window();

    /**
     * The value of a threshold.
     *
     * @param workloads for a threshold on a service: only requests answered by these count, and those that callers sent
     *     them and that nobody answered; empty means all of the service's. Requests that an injected fault answered never count
     * @param window over which bad requests are counted
     * @param since from when on all requests are counted, to tell whether there are any; not after the window's beginning
     * @param before a time before the fault, which tells the workloads' usual share of the requests; empty where it is not known
     * @param behind the services that the workloads are behind, beside the threshold's own; their callers' side counts, too
     * @param reference whether others are compared with these workloads: then what may not have been theirs is not counted
     */
    record ValueOf(
            Threshold threshold,
            Optional<Workloads> workloads,
            Window window,
            Instant since,
            Optional<Window> before,
            Set<ServiceName> behind,
            boolean reference)
            implements Question {
        public ValueOf {
            Objects.requireNonNull(threshold, "threshold");
            Objects.requireNonNull(workloads, "workloads");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(before, "before");
            behind = Set.copyOf(behind);
            if (since.isAfter(window.from())) {
                throw new IllegalArgumentException(
                        "expected all requests since " + window.from() + " at least, found " + since);
            }
        }

        /** Of who is judged, where no other time is of interest. */
        public ValueOf(Threshold threshold, Optional<Workloads> workloads, Window window) {
            this(threshold, workloads, window, window.from(), Optional.empty(), Set.of(), false);
        }

        /** Whose callers' side counts. */
        public Set<ServiceName> services(ServiceThreshold service) {
            Set<ServiceName> all = new HashSet<>(behind);
            all.add(service.of());
            return all;
        }

        /** All the time that the answer depends on. */
        public Window whole() {
            Instant earliest = before.map(Window::from).filter(since::isAfter).orElse(since);
            return new Window(earliest, window.to());
        }
    }

    /**
     * How many requests out of the faults' scope were hurt: calls of other workloads to the same service. The answer's value
     * is the number of those that were hurt, its requests are all of them, where they can be counted.
     *
     * @param faults to one service, on one side of the calls; at least one
     * @param points where each of them is injected
     */
    record HurtBeside(List<Fault> faults, List<InjectionPoint> points, Window window) implements Question {
        public HurtBeside {
            faults = List.copyOf(faults);
            points = List.copyOf(points);
            Objects.requireNonNull(window, "window");
            if (faults.isEmpty() || faults.size() != points.size()) {
                throw new IllegalArgumentException("expected a point for each of at least one fault, found "
                        + points.size() + " for " + faults.size());
            }
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
