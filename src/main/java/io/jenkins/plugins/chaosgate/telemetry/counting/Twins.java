package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds counters that came twice: two scrape jobs, or two replicas of Prometheus, look at the same proxy. Summed, each
 * request would count twice, and half the traffic would seem to be enough.
 */
final class Twins {
    /** The labels by which replicas of Prometheus tell their series apart. */
    private static final Set<String> OF_REPLICAS = Set.of("prometheus", "prometheus_replica", "replica", "__replica__");
    /** The labels that say how a pod was scraped. */
    private static final Set<String> OF_SCRAPES =
            Set.of("job", "instance", "endpoint", "container", "service", "metrics_path");

    private Twins() {}

    /** Each counter once. */
    static List<Counter> united(List<Counter> counters) {
        Map<Map<String, String>, List<Counter>> same = new LinkedHashMap<>();
        counters.forEach(counter -> same.computeIfAbsent(identity(counter.labels()), key -> new ArrayList<>())
                .add(counter));
        return same.values().stream().map(Twins::one).toList();
    }

    /**
     * One counter of several that show the same. Clocks of scrapers differ, so that samples are not mixed: the one that
     * was seen last counts, and before it begins those that were seen earlier.
     *
     * @param twins at least one
     */
    static Counter one(Collection<Counter> twins) {
        List<Counter> best = twins.stream()
                .sorted(Comparator.comparing(Counter::lastMillis)
                        .thenComparing(counter -> counter.samples().size())
                        .reversed()
                        .thenComparing(counter -> counter.labels().toString()))
                .toList();
        List<Sample> samples = best.get(0).samples();
        for (Counter other : best.subList(1, best.size())) {
            long first = samples.get(0).millis();
            samples = Stream.concat(
                            other.samples().stream().filter(sample -> sample.millis() < first), samples.stream())
                    .toList();
        }
        return new Counter(best.get(0).labels(), samples);
    }

    private static Map<String, String> identity(Map<String, String> labels) {
        Map<String, String> identity = new HashMap<>(labels);
        identity.keySet().removeAll(OF_REPLICAS);
        if (Target.tellsPod(labels)) {
            identity.keySet().removeAll(OF_SCRAPES);
        } else if (Target.of(labels).isKnown()) {
            identity.remove("job");
        }
        return identity;
    }
}
