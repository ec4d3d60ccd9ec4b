package io.jenkins.plugins.chaosgate.telemetry.dialect;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which series of a mesh tell what. Pure. Where a question cannot be put in series, methods throw {@link
 * io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer}.
 */
public interface MetricDialect {
    /** Its name on a command line: {@code istio}. */
    String name();

    /** What every selector of this dialect begins with, and every other that speaks of the same scrapes. */
    Matchers matchers();

    /** Where a series of this dialect came from. */
    Origin origin(Map<String, String> labels);

    /** A metric that every mesh of this dialect has as soon as requests flow. */
    Selector everywhere();

    /** The requests that the service answered; with workloads, those that these answered. */
    RequestSeries requests(ServiceName service, Optional<Workloads> workloads);

    /** How long those requests took. */
    DurationSeries durations(ServiceName service, Optional<Workloads> workloads);

    /** The requests that a fault hurt at that point of the mesh. */
    InjectionSeries injections(Fault fault, InjectionPoint point);

    /**
     * The calls of other workloads to the same service.
     *
     * @param faults to one service, on one side of the calls; at least one
     * @param points where each of them is injected
     */
    BystanderSeries bystanders(List<Fault> faults, List<InjectionPoint> points);
}
