package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which pods of an arm are not scraped, so that a reading would rest on the others. Pods that counters come from need no
 * more proof; of the others Prometheus' own series {@code up} tells whether they had nothing to count or are not scraped. Pure.
 *
 * @param unscraped the pods, each with what is known of it
 * @param isTold whether the labels say which pod is which
 */
record PodScrapes(Map<String, String> unscraped, boolean isTold) {

    /** What all proxies of an arm have in common among the targets of their pods. */
    private record Kind(String job, String port) {
        static Kind of(Map<String, String> labels) {
            return new Kind(labels.getOrDefault("job", ""), PodTargets.port(labels.getOrDefault("instance", "")));
        }
    }

    PodScrapes {
        unscraped = Map.copyOf(unscraped);
    }

    /** The pods that counters came from. */
    static Set<String> counted(Workloads arm, Counters counters) {
        PodTargets targets = new PodTargets(arm);
        return counters.all().stream()
                .flatMap(counter -> targets.podOf(counter.labels()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param up the series up of the arm's pods, with their samples over a time that is longer than a scrape interval */
    static PodScrapes of(Workloads arm, Counters counters, List<Series> up) {
        PodTargets targets = new PodTargets(arm);
        Set<Kind> proxies = counters.all().stream()
                .filter(counter -> targets.podOf(counter.labels()).isPresent())
                .map(counter -> Kind.of(counter.labels()))
                .collect(Collectors.toSet());
        Map<String, List<Series>> byPod = up.stream()
                .filter(series -> targets.podOf(series.labels()).isPresent())
                .filter(series -> proxies.isEmpty() || proxies.contains(Kind.of(series.labels())))
                .collect(Collectors.groupingBy(
                        series -> targets.podOf(series.labels()).orElseThrow()));
        if (byPod.isEmpty()) {
            return new PodScrapes(Map.of(), false);
        }
        Set<String> counted = counted(arm, counters);
        Map<String, String> unscraped = new TreeMap<>();
        arm.pods().stream().filter(pod -> !counted.contains(pod)).forEach(pod -> trouble(
                        byPod.get(pod), arm.addresses().containsKey(pod))
                .ifPresent(what -> unscraped.put(pod, what)));
        return new PodScrapes(unscraped, true);
    }

    /** A pod without an address, or a WorkloadEntry, may be scraped under a name that nobody knows it by. */
    private static Optional<String> trouble(List<Series> up, boolean hasAddress) {
        if (up == null) {
            return hasAddress ? Optional.of("is none of Prometheus' targets") : Optional.empty();
        }
        boolean isScraped =
                up.stream().flatMap(series -> series.samples().stream()).anyMatch(PodScrapes::isGood);
        boolean isDown = up.stream().noneMatch(series -> isGood(last(series)));
        if (!isScraped) {
            return Optional.of("was never scraped, up is 0");
        }
        return isDown ? Optional.of("cannot be scraped any more, up is 0") : Optional.empty();
    }

    private static boolean isGood(Sample sample) {
        return sample.value() == 1;
    }

    private static Sample last(Series series) {
        return series.samples().get(series.samples().size() - 1);
    }

    /** {@code reviews-v2-abc is none of Prometheus' targets}, for some of them; empty where all are scraped. */
    Optional<String> words() {
        return unscraped.isEmpty()
                ? Optional.empty()
                : Optional.of(new TreeMap<>(unscraped)
                                .entrySet().stream()
                                        .limit(3)
                                        .map(pod -> pod.getKey() + " " + pod.getValue())
                                        .collect(Collectors.joining(", "))
                        + (unscraped.size() > 3 ? " and " + (unscraped.size() - 3) + " more" : ""));
    }
}
