package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How many events of a window were at most so large: a classic histogram's buckets, summed over its series.
 *
 * @param atMost upper bound to number of events, cumulative; the last bound is infinite
 * @param unknown with the same bounds, how many more there were perhaps
 */
public record Histogram(NavigableMap<Double, Double> atMost, NavigableMap<Double, Double> unknown) {
    /**
     * A quantile.
     *
     * @param value as the buckets' bounds are measured; a lower limit where it lies above them
     * @param aboveAllBounds whether it lies above the largest finite bound, so that nobody knows how far
     */
    public record Quantile(double value, boolean aboveAllBounds) {}

    public Histogram {
        atMost = new TreeMap<>(atMost);
        unknown = new TreeMap<>(unknown);
    }

    /**
     * Sums the buckets' increases over all histograms with such labels. Where histograms have different buckets, only
     * the bounds that all of them have are used, since a count is exact only there.
     *
     * @throws NoAnswer where a bound is no number, or a histogram's buckets do not fit together
     */
    public static Histogram of(Counters counters, Predicate<Map<String, String>> labels, Window window) {
        Map<Map<String, String>, List<Counter>> histograms = counters.all().stream()
                .filter(counter -> labels.test(counter.labels()))
                .collect(Collectors.groupingBy(counter -> withoutBound(counter.labels())));
        TreeMap<Double, Double> least = new TreeMap<>();
        TreeMap<Double, Double> unknown = new TreeMap<>();
        for (List<Counter> buckets : histograms.values()) {
            NavigableMap<Double, Counters.Sum> one = new Buckets(
                            counters.scrapes(buckets.get(0).target()), buckets, counters.fallsOfSums())
                    .increases(window);
            Counters.Sum all = one.lastEntry().getValue();
            if (all.least() > 0 || all.unknown() > 0) {
                boolean first = least.isEmpty();
                one.forEach((bound, sum) -> {
                    if (first || least.containsKey(bound)) {
                        least.merge(bound, sum.least(), Double::sum);
                        unknown.merge(bound, sum.unknown(), Double::sum);
                    }
                });
                least.keySet().retainAll(one.keySet());
                unknown.keySet().retainAll(one.keySet());
            }
        }
        return new Histogram(least, unknown);
    }

    /** How many more events than were counted there were perhaps. */
    public double unknownTotal() {
        return unknown.isEmpty() ? 0 : unknown.lastEntry().getValue();
    }

    /** How many of these are perhaps above a limit. */
    public double unknownAbove(double limit) {
        Map.Entry<Double, Double> below = unknown.floorEntry(limit);
        return unknownTotal() - (below == null ? 0 : below.getValue());
    }

    /** How many events there were. */
    public double total() {
        return atMost.isEmpty() ? 0 : atMost.lastEntry().getValue();
    }

    /**
     * The quantile as Prometheus' {@code histogram_quantile} gives it: linear within its bucket, the first of which
     * begins at zero.
     *
     * @param quantile above 0 and below 1
     * @throws NoAnswer where there are no events, or no finite bound at all
     */
    public Quantile quantile(double quantile) {
        if (total() <= 0) {
            throw new NoAnswer(Why.NO_TRAFFIC, "no event in the window");
        }
        double rank = quantile * total();
        // A rank that is a whole number must not fall out of its bucket by a rounding error.
        double surely = rank - 1e-9 * total();
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket :
                atMost.headMap(Double.POSITIVE_INFINITY).entrySet()) {
            double inside = bucket.getValue() - below;
            if (bucket.getValue() >= surely && inside > 0) {
                double share = Math.min(1, (rank - below) / inside);
                return new Quantile(lower + (bucket.getKey() - lower) * share, false);
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        if (atMost.size() < 2) {
            throw new NoAnswer(
                    Why.GARBAGE, "expected a histogram with finite bounds, found none that all series share");
        }
        return new Quantile(lower, true);
    }

    private static Map<String, String> withoutBound(Map<String, String> labels) {
        Map<String, String> rest = new HashMap<>(labels);
        rest.remove("le");
        return rest;
    }
}
