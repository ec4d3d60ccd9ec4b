package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The counters that one selector gave, and since when each of their targets is known to have been scraped.
 *
 * @param all the counters
 * @param scrapes when each target is known to have been scraped, in milliseconds since 1970
 */
public record Counters(List<Counter> all, Map<Target, NavigableSet<Long>> scrapes) {
    public Counters {
        all = List.copyOf(all);
        scrapes = Map.copyOf(scrapes);
    }

    /**
     * Reads the samples of a range; each series also shows when its target was scraped.
     *
     * @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where a value is none of a counter
     */
    public static Counters of(List<Series> series) {
        List<Counter> all =
                series.stream().flatMap(one -> Counter.of(one).stream()).toList();
        Map<Target, NavigableSet<Long>> scrapes = new HashMap<>();
        all.forEach(counter -> counter.samples().forEach(sample -> add(scrapes, counter.target(), sample.millis())));
        return new Counters(all, scrapes);
    }

    /** The targets of which only their series {@code up} can tell whether counters new since then began at zero. */
    public Set<Target> unproven(Instant since) {
        return all.stream()
                .filter(counter -> counter.firstMillis() > since.toEpochMilli())
                .filter(counter -> counter.target().isKnown() && !bornAtZero(counter))
                .map(Counter::target)
                .collect(Collectors.toSet());
    }

    /** The same with what the series {@code up} show of further scrapes; a scrape that failed shows nothing. */
    public Counters withScrapes(List<Series> up) {
        Map<Target, NavigableSet<Long>> more = new HashMap<>();
        scrapes.forEach((target, times) -> more.put(target, new TreeSet<>(times)));
        for (Series series : up) {
            series.samples().stream()
                    .filter(sample -> sample.value() == 1)
                    .forEach(sample -> add(more, Target.of(series.labels()), sample.millis()));
        }
        return new Counters(all, more);
    }

    private static void add(Map<Target, NavigableSet<Long>> scrapes, Target target, long millis) {
        scrapes.computeIfAbsent(target, unknown -> new TreeSet<>()).add(millis);
    }

    /** How much the counters with such labels grew in the window, in sum. */
    public double increase(Predicate<Map<String, String>> labels, Window window) {
        return all.stream()
                .filter(counter -> labels.test(counter.labels()))
                .mapToDouble(counter -> Increase.of(counter.samples(), window, bornAtZero(counter), Set.of()))
                .sum();
    }

    /** The same by how many between which scrapes; in no order. */
    public List<FailedInAnyWindow.Increment> increments(Predicate<Map<String, String>> labels, Window window) {
        return all.stream()
                .filter(counter -> labels.test(counter.labels()))
                .flatMap(counter -> Increase.steps(counter.samples(), window, absentAt(counter), Set.of()).stream())
                .filter(step -> step.grown() > 0)
                .map(step -> new FailedInAnyWindow.Increment(
                        Instant.ofEpochMilli(step.since()),
                        Instant.ofEpochMilli(step.until()),
                        Math.round(step.grown())))
                .toList();
    }

    /** Whether the target had been scraped before the counter's first sample, and the counter was not there then. */
    boolean bornAtZero(Counter counter) {
        return absentAt(counter).isPresent();
    }

    /** The last scrape of the counter's target before its first sample; empty where none is known. */
    private OptionalLong absentAt(Counter counter) {
        NavigableSet<Long> times = counter.target().isKnown() ? scrapes.get(counter.target()) : null;
        Long before = times == null ? null : times.lower(counter.firstMillis());
        return before == null ? OptionalLong.empty() : OptionalLong.of(before);
    }
}
