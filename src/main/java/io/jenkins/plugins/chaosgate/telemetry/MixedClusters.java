package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Origin;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses series that one selector finds in more than one cluster or environment: the good requests of one would hide what
 * failed in the other. They show by a label that differs. One that is named for a cluster or an environment must not differ
 * at all; any other must not differ between proxies of one workload, unless it is one by which a cluster's own pods differ.
 * Pure.
 */
final class MixedClusters {
    private static final int MOST_VALUES = 5;

    /** What external labels that tell clusters are called. */
    private static final Pattern TELLS_CLUSTERS = Pattern.compile(
            "(.*_)?(cluster|clusters|cluster_?name|cluster_?id|env|env_?name|environment|environment_?name|tenant|tenant_?id"
                    + "|region|data_?center|dc|mesh|mesh_?id|landscape)",
            Pattern.CASE_INSENSITIVE);
    /** Labels of pods with a domain before their names ({@code topology.kubernetes.io/region}) come from pods and nodes. */
    private static final Pattern OF_PODS = Pattern.compile(".*_(io|com|dev|org|net|sh)_.+");
    /** Words in the names of labels by which the pods of one workload, or their scrapes, differ. */
    private static final Set<String> TELL_PODS = Set.of(
            ("pod pods node nodes nodename host hostname hostip podip instance ip address addr port uid uuid id hash checksum"
                            + " zone az rack cell container image tag replica shard slot index ordinal revision rev chart"
                            + " version release build commit sha name job endpoint service component metrics scheme"
                            + " path started created app track color colour namespace")
                    .split(" "));
    /** Replicas of Prometheus differ in it, which look at the same targets, and Prometheuses of several clusters. */
    private static final String PROMETHEUS = "prometheus";

    private MixedClusters() {}

    /**
     * The same series.
     *
     * @throws NoAnswer where they are of several clusters
     */
    static List<Series> refused(Selector selector, List<Series> series, MetricDialect dialect) {
        List<Seen> seen = series.stream()
                .filter(one -> !one.samples().isEmpty())
                .map(one -> Seen.of(one, dialect))
                .toList();
        byItself(seen)
                .or(() -> byName(seen))
                .or(() -> byWorkload(seen))
                .or(() -> byPrometheus(seen))
                .ifPresent(difference -> {
                    throw new NoAnswer(Why.SEVERAL_SERIES, difference.words(selector));
                });
        return series;
    }

    /** Where a series came from, and from when to when it was seen, in milliseconds since 1970. */
    private record Seen(Origin origin, long first, long last) {
        static Seen of(Series series, MetricDialect dialect) {
            List<Long> times = series.samples().stream().map(Sample::millis).toList();
            return new Seen(dialect.origin(series.labels()), Collections.min(times), Collections.max(times));
        }

        String value(String label) {
            return origin.others().getOrDefault(label, "");
        }

        /** The pod, or the machine behind an instance; empty where no label tells. */
        String target() {
            String pod = value("pod");
            return pod.isEmpty() ? value("instance").replaceFirst(":\\d+$", "") : pod;
        }
    }

    /** A label, the values of it that were there at the same time, and what to do. */
    private record Difference(String label, Set<String> values, String remedy) {
        static Difference ofScrapes(String label, Set<String> values) {
            String one = values.stream()
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse("");
            return new Difference(
                    label,
                    values,
                    "say which is meant by matchers of the target (--matcher on the command line), such as "
                            + Quote.line(label, 100) + "=" + Quote.line(one, 100));
        }

        String words(Selector selector) {
            String some = values.stream()
                    .limit(MOST_VALUES)
                    .map(value -> value.isEmpty() ? "none" : Quote.of(value))
                    .collect(Collectors.joining(", "));
            return "the series of " + Quote.line(selector.toString(), 300) + " differ in the label "
                    + Quote.line(label, 100) + " (" + some + (values.size() > MOST_VALUES ? ", ..." : "")
                    + "), so they are of more than one cluster or environment: " + remedy;
        }
    }

    private static Optional<Difference> byItself(List<Seen> seen) {
        List<Seen> told =
                seen.stream().filter(one -> one.origin().cluster().isPresent()).toList();
        return together(told, one -> one.origin().cluster().orElseThrow())
                .map(values -> new Difference(
                        "source_cluster or destination_cluster of the proxies that counted",
                        values,
                        "have the scrapes of each cluster give a label of its own, and say which is meant by matchers of"
                                + " the target (--matcher on the command line)"));
    }

    private static Optional<Difference> byName(List<Seen> seen) {
        return labels(seen).stream()
                .filter(label -> TELLS_CLUSTERS.matcher(label).matches())
                .filter(label -> !OF_PODS.matcher(label).matches())
                .flatMap(label -> difference(seen, label).stream())
                .findFirst();
    }

    private static Optional<Difference> byWorkload(List<Seen> seen) {
        return workloads(seen).stream()
                .flatMap(proxies -> labels(proxies).stream()
                        .filter(label -> !tellsPods(label))
                        .filter(label -> !tellsRequests(proxies, label))
                        .flatMap(label -> difference(proxies, label).stream()))
                .findFirst()
                .map(found -> new Difference(
                        found.label(),
                        found.values(),
                        found.remedy() + "; where it tells something else, leave it out by relabelling"));
    }

    /** Whether one proxy has several values of it at once: such a label is of requests, as the mesh's telemetry may add. */
    private static boolean tellsRequests(List<Seen> proxies, String label) {
        return proxies.stream()
                .filter(one -> !one.target().isEmpty())
                .collect(Collectors.groupingBy(Seen::target))
                .values()
                .stream()
                .anyMatch(ofOne -> difference(ofOne, label).isPresent());
    }

    private static boolean tellsPods(String label) {
        return OF_PODS.matcher(label).matches()
                || label.startsWith(PROMETHEUS)
                || List.of(label.split("_")).stream().anyMatch(TELL_PODS::contains);
    }

    /** Two replicas have targets in common; two that have none are of two clusters. */
    private static Optional<Difference> byPrometheus(List<Seen> seen) {
        for (List<Seen> proxies : workloads(seen)) {
            Map<String, Set<String>> targets = new TreeMap<>();
            proxies.stream().filter(one -> !one.target().isEmpty()).forEach(one -> targets.computeIfAbsent(
                            one.value(PROMETHEUS), key -> new HashSet<>())
                    .add(one.target()));
            List<Set<String>> sets = List.copyOf(targets.values());
            for (int i = 1; i < sets.size(); i++) {
                if (Collections.disjoint(sets.get(i - 1), sets.get(i))) {
                    return difference(proxies, PROMETHEUS);
                }
            }
        }
        return Optional.empty();
    }

    private static Set<String> labels(List<Seen> seen) {
        return seen.stream()
                .flatMap(one -> one.origin().others().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Collection<List<Seen>> workloads(List<Seen> seen) {
        return seen.stream()
                .collect(Collectors.groupingBy(one -> one.origin().workload()))
                .values();
    }

    private static Optional<Difference> difference(List<Seen> seen, String label) {
        return together(seen, one -> one.value(label)).map(values -> Difference.ofScrapes(label, values));
    }

    /** The values, where some were there at the same time; what only came after another took its place. */
    private static Optional<Set<String>> together(List<Seen> seen, Function<Seen, String> value) {
        Map<String, List<Seen>> byValue =
                seen.stream().collect(Collectors.groupingBy(value, TreeMap::new, Collectors.toList()));
        List<long[]> spans = new ArrayList<>();
        byValue.values()
                .forEach(some -> spans.add(new long[] {
                    some.stream().mapToLong(Seen::first).min().orElseThrow(),
                    some.stream().mapToLong(Seen::last).max().orElseThrow()
                }));
        for (long[] one : spans) {
            for (long[] other : spans) {
                if (one != other && one[0] <= other[1] && other[0] <= one[1]) {
                    return Optional.of(byValue.keySet());
                }
            }
        }
        return Optional.empty();
    }
}
