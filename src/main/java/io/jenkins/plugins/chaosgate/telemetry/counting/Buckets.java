package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The buckets of one histogram, which come and begin anew together. What does not fit together is no histogram: it could
 * make slow requests look fast.
 */
public final class Buckets {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final NavigableMap<Double, Counter> byBound = new TreeMap<>();
    private final Counter all;
    private final Scrapes scrapes;
    private final NavigableSet<Long> fallsOfSums;

    /**
     * @param scrapes of their target
     * @param buckets at least one; of the same bound written differently each is a part of one
     * @param fallsOfSums when sums over pods fell, should these be such
     * @throws NoAnswer where a bound is no number, or the infinite one is missing
     */
    Buckets(Scrapes scrapes, List<Counter> buckets, NavigableSet<Long> fallsOfSums) {
        buckets.stream()
                .collect(Collectors.groupingBy(bucket -> bound(bucket.labels().get("le"))))
                .forEach((bound, parts) -> byBound.put(bound, Twins.one(parts)));
        this.all = byBound.get(INFINITE);
        if (all == null) {
            throw odd("expected a bucket le=\"+Inf\" in every histogram, found one without", buckets.get(0));
        }
        Set<Long> drops = new TreeSet<>();
        byBound.values().forEach(bucket -> drops.addAll(bucket.falls()));
        this.fallsOfSums = fallsOfSums;
        this.scrapes = scrapes.restartedAt(drops);
    }

    /** The finite bounds that some histograms among these counters have; what is no number is left out. */
    public static Set<Double> edges(Counters counters) {
        Set<Double> edges = new TreeSet<>();
        for (Counter counter : counters.all()) {
            try {
                edges.add(bound(counter.labels().get("le")));
            } catch (NoAnswer noBound) {
                // The reading itself says what is odd about it.
                continue;
            }
        }
        edges.remove(INFINITE);
        return edges;
    }

    /**
     * What each bucket grew by, by its bound. A bucket that was not always there when the infinite one was is left out.
     *
     * @throws NoAnswer where smaller buckets grew by more than larger ones, or the infinite one came later than others
     */
    NavigableMap<Double, Counters.Sum> increases(Window window) {
        long first =
                byBound.values().stream().mapToLong(Counter::firstMillis).min().orElseThrow();
        if (all.firstMillis() > first && all.firstMillis() > window.from().toEpochMilli()) {
            throw odd(
                    "expected the bucket le=\"+Inf\" to be there as long as the others, found one that came later",
                    all);
        }
        OptionalLong absentAt = scrapes.before(first);
        Set<Long> times = times(all.samples(), window);
        NavigableMap<Double, Counters.Sum> increases = new TreeMap<>();
        byBound.forEach((bound, bucket) -> {
            List<Sample> samples = bucket.samples().stream()
                    .filter(sample -> times.contains(sample.millis()))
                    .toList();
            if (samples.size() == times.size() && !samples.isEmpty()) {
                increases.put(
                        bound,
                        sum(
                                all.isSum()
                                        ? Increase.ofSum(samples, window, fallsOfSums)
                                        : Increase.steps(samples, window, scrapes, absentAt)));
            }
        });
        if (increases.isEmpty()) {
            increases.put(INFINITE, new Counters.Sum(0, 0));
        }
        requireRising(increases);
        return increases;
    }

    private void requireRising(NavigableMap<Double, Counters.Sum> increases) {
        double before = 0;
        for (Map.Entry<Double, Counters.Sum> bucket : increases.entrySet()) {
            if (bucket.getValue().least() < before) {
                throw odd(
                        "expected buckets that hold all that smaller ones hold, found one that grew by "
                                + bucket.getValue().least() + " up to " + bucket.getKey() + " after " + before,
                        all);
            }
            before = bucket.getValue().least();
        }
    }

    /** When the samples that matter for a window were taken. */
    private static Set<Long> times(List<Sample> samples, Window window) {
        TreeSet<Long> times = samples.stream()
                .map(Sample::millis)
                .filter(time -> time <= window.to().toEpochMilli())
                .collect(Collectors.toCollection(TreeSet::new));
        Long base = times.floor(window.from().toEpochMilli());
        return base == null ? times : times.tailSet(base, true);
    }

    private static Counters.Sum sum(List<Increase.Step> steps) {
        return new Counters.Sum(
                steps.stream().mapToDouble(Increase.Step::grown).sum(),
                steps.stream().mapToDouble(Increase.Step::unknown).sum());
    }

    private static double bound(String text) {
        if (text != null && text.matches("\\+?[Ii]nf")) {
            return INFINITE;
        }
        try {
            double bound = Double.parseDouble(String.valueOf(text));
            if (Double.isFinite(bound)) {
                return bound;
            }
        } catch (NumberFormatException notANumber) {
            throw noBound(text, notANumber);
        }
        throw noBound(text, null);
    }

    private static NoAnswer noBound(String text, Throwable cause) {
        String detail = "expected a number as a bucket's bound le, found " + Quote.of(String.valueOf(text));
        return new NoAnswer(Why.GARBAGE, detail, cause);
    }

    private static NoAnswer odd(String what, Counter found) {
        return new NoAnswer(Why.GARBAGE, what + ": " + Quote.of(found.labels().toString()));
    }
}
