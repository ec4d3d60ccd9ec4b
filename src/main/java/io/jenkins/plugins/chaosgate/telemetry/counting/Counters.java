package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The counters that one selector gave, and what is known of the scrapes that they came by.
 *
 * @param all the counters, each once
 * @param scrapes of each target
 * @param down targets of which Prometheus says that it cannot scrape them, and since when it could not
 * @param late those that are further back than others, though they are known not to have ended: more of them is to come
 * @param ended those that are known to have ended
 */
public record Counters(
        List<Counter> all,
        Map<Target, Scrapes> scrapes,
        Map<Target, Instant> down,
        List<Counter> late,
        Set<Counter> ended) {
    public Counters {
        all = List.copyOf(all);
        scrapes = Map.copyOf(scrapes);
        down = Map.copyOf(down);
        late = List.copyOf(late);
        ended = Set.copyOf(ended);
    }

    /**
     * What counters grew by together.
     *
     * @param least so much for sure
     * @param unknown so much more at most: nobody saw when that was counted
     */
    public record Sum(double least, double unknown) {}

    /**
     * Reads the samples of a range; each series also shows when its target was scraped.
     *
     * @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where a value is none of a counter
     */
    public static Counters of(List<Series> series) {
        List<Counter> all = Twins.united(
                series.stream().flatMap(one -> Counter.of(one).stream()).toList());
        Map<Target, Scrapes> scrapes = new HashMap<>();
        all.stream()
                .filter(counter -> counter.target().isKnown())
                .collect(Collectors.groupingBy(Counter::target))
                .forEach((target, counters) -> scrapes.put(target, Scrapes.of(counters)));
        return new Counters(all, scrapes, Map.of(), List.of(), Set.of());
    }

    /**
     * The targets of which only their series {@code up} can tell: whether counters new in the window began at zero, whether
     * they were away for a while, and why nothing new comes of them.
     */
    public Set<Target> unclear(Window window) {
        long from = window.from().toEpochMilli();
        Set<Target> unclear = new HashSet<>();
        scrapes.forEach((target, seen) -> {
            if (seen.hasGaps(from) || Freshness.isSilent(seen.times(), window.to())) {
                unclear.add(target);
            }
        });
        all.stream()
                .filter(counter -> counter.target().isKnown() && counter.firstMillis() > from)
                .filter(counter -> absentAt(counter).isEmpty())
                .forEach(counter -> unclear.add(counter.target()));
        return unclear;
    }

    /** The same with what the series {@code up} show; a scrape that failed shows only that it failed. */
    public Counters withScrapes(List<Series> up, Instant at) {
        Map<Target, Scrapes> more = new HashMap<>(scrapes);
        Map<Target, Instant> failing = new HashMap<>(down);
        for (Series series : up) {
            Target target = Target.of(series.labels());
            more.put(target, scrapes(target).and(times(series, at, 1)));
            TreeSet<Long> failed = times(series, at, 0);
            Long lastGood = scrapes(target).times().isEmpty()
                    ? null
                    : more.get(target).times().last();
            boolean isDown = lastGood != null && !failed.isEmpty() && failed.last() > lastGood;
            if (isDown && Freshness.isSilent(scrapes(target).times(), at) && !Freshness.isSilent(failed, at)) {
                failing.put(target, Instant.ofEpochMilli(lastGood));
            }
        }
        return new Counters(all, more, failing, late, ended);
    }

    /**
     * Those that are further back than others of their target, or whose target is due to be scraped again: they ended, or
     * their samples come late. Only whether Prometheus still shows them at that time can tell.
     */
    public Set<Counter> behind(Instant at) {
        return all.stream()
                .filter(counter -> counter.target().isKnown())
                .filter(counter -> isLeftBehind(counter, at)
                        || Freshness.isOverdue(scrapes(counter.target()).times(), at))
                .collect(Collectors.toSet());
    }

    private boolean isLeftBehind(Counter counter, Instant at) {
        Long newest = scrapes(counter.target()).times().floor(at.toEpochMilli());
        return newest != null && counter.lastMillis() < newest;
    }

    /** The same where it is known which of those that are behind Prometheus still shows. */
    public Counters withShown(List<Series> shown, Instant at) {
        Set<Map<String, String>> alive = shown.stream().map(Series::labels).collect(Collectors.toSet());
        Map<Boolean, Set<Counter>> goesOn = behind(at).stream()
                .collect(Collectors.partitioningBy(counter -> alive.contains(counter.labels()), Collectors.toSet()));
        List<Counter> tooLate = goesOn.get(true).stream()
                .filter(counter -> isLeftBehind(counter, at)
                        || Freshness.isSilent(scrapes(counter.target()).times(), at))
                .sorted(Comparator.comparing(counter -> counter.labels().toString()))
                .toList();
        return new Counters(all, scrapes, down, tooLate, goesOn.get(false));
    }

    /**
     * Up to when everything is known: the newest sample of the target that is furthest back, of those that did not end. Where
     * all ended, the newest of all.
     */
    public Instant knownUntil(Instant at) {
        Map<Target, Long> newest = new HashMap<>();
        all.stream().filter(counter -> !ended.contains(counter)).forEach(counter -> counter.newest(at)
                .ifPresent(millis -> newest.merge(counter.target(), millis, Math::max)));
        return newest.values().stream()
                .min(Long::compare)
                .map(Instant::ofEpochMilli)
                .orElseGet(() -> Freshness.newest(all, at).orElseThrow());
    }

    private static TreeSet<Long> times(Series up, Instant at, double value) {
        return up.samples().stream()
                .filter(sample -> sample.value() == value && sample.millis() <= at.toEpochMilli())
                .map(Sample::millis)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How much the counters with such labels grew in the window, in sum. */
    public Sum increase(Predicate<Map<String, String>> labels, Window window) {
        double least = 0;
        double unknown = 0;
        for (Increase.Step step : steps(labels, window)) {
            least += step.grown();
            unknown += step.unknown();
        }
        return new Sum(least, unknown);
    }

    /** What they surely grew by, by how much between which scrapes; in no order. */
    public List<FailedInAnyWindow.Increment> increments(Predicate<Map<String, String>> labels, Window window) {
        return steps(labels, window).stream()
                .filter(step -> step.grown() > 0)
                .map(step -> new FailedInAnyWindow.Increment(
                        Instant.ofEpochMilli(step.since()),
                        Instant.ofEpochMilli(step.until()),
                        Math.round(step.grown())))
                .toList();
    }

    private List<Increase.Step> steps(Predicate<Map<String, String>> labels, Window window) {
        return all.stream()
                .filter(counter -> labels.test(counter.labels()))
                .flatMap(counter -> steps(counter, window).stream())
                .toList();
    }

    private List<Increase.Step> steps(Counter counter, Window window) {
        return counter.isSum()
                ? Increase.ofSum(counter.samples(), window, fallsOfSums())
                : Increase.steps(counter.samples(), window, scrapes(counter.target()), absentAt(counter));
    }

    /** When some sum over pods fell: by then a pod was gone, with its part of the others, too. */
    NavigableSet<Long> fallsOfSums() {
        return all.stream()
                .filter(Counter::isSum)
                .flatMap(counter -> counter.falls().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Scrapes scrapes(Target target) {
        return scrapes.getOrDefault(target, Scrapes.UNKNOWN);
    }

    /** The last scrape of the counter's target before its first sample; empty where none is known. */
    private OptionalLong absentAt(Counter counter) {
        return scrapes(counter.target()).before(counter.firstMillis());
    }
}
