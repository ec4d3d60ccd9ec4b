package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counter;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Freshness;
import io.jenkins.plugins.chaosgate.telemetry.counting.Target;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the proxies of a service's callers could tell of failures that never reach a pod. Pure. */
final class CallersPreflight {

    /** Two samples may only be the ends of a gap. */
    private static final int ENOUGH = 3;

    private CallersPreflight() {}

    /** What is wrong with their counters; empty where nothing is. */
    static Optional<Finding> finding(ServiceThreshold threshold, List<Counters> callers, Watch watch) {
        List<Counter> all =
                callers.stream().flatMap(some -> some.all().stream()).toList();
        if (all.isEmpty()) {
            return Optional.of(Finding.warning(
                    "callers",
                    threshold.title() + ": no proxy of a caller of " + threshold.of()
                            + " counts its requests; failures that never reach a pod (no healthy endpoint, no connection,"
                            + " time-outs) are seen only as missing requests: scrape the callers' proxies, too"));
        }
        Map<Target, List<Counter>> byTarget = all.stream().collect(Collectors.groupingBy(Counter::target));
        return byTarget.entrySet().stream()
                .filter(target -> target.getValue().stream()
                        .anyMatch(counter -> counter.samples().size() >= ENOUGH))
                .flatMap(target -> Freshness.interval(target.getValue())
                        .filter(interval -> interval.compareTo(watch.missingData()) > 0)
                        .map(interval -> tooSeldom(threshold, target.getKey(), interval, watch))
                        .stream())
                .findFirst();
    }

    /** A pass waits for all that is counted of its time, for at most the missing data. */
    private static Finding tooSeldom(ServiceThreshold threshold, Target caller, Duration interval, Watch watch) {
        return Finding.error(
                "scrapes",
                threshold.title() + ": its caller " + Quote.line(caller.instance(), 100) + " is scraped each "
                        + Units.duration(interval) + ", but missingData allows only "
                        + Units.duration(watch.missingData())
                        + " without; raise it, or scrape more often");
    }
}
