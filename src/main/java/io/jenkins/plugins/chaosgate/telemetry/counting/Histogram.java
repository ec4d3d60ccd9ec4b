package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How many events of a window were at most so large: a classic histogram's buckets, summed over its series.
 *
 * @param atMost upper bound to number of events, cumulative; the last bound is infinite
 */
public record Histogram(NavigableMap<Double, Double> atMost) {
    /**
     * A quantile.
     *
     * @param value as the buckets' bounds are measured; a lower limit where it lies above them
     * @param aboveAllBounds whether it lies above the largest finite bound, so that nobody knows how far
     */
    public record Quantile(double value, boolean aboveAllBounds) {}

    public Histogram {
        atMost = new TreeMap<>(atMost);
    }

    /**
     * Sums the buckets' increases over all histograms with such labels. Where histograms have different buckets, only
     * the bounds that all of them have are used, since a count is exact only there.
     *
     * @throws NoAnswer where a bound is no number, or a histogram lacks its infinite bucket
     */
    public static Histogram of(Counters counters, Predicate<Map<String, String>> labels, Window window) {
        Map<Map<String, String>, List<Counter>> histograms = counters.all().stream()
                .filter(counter -> labels.test(counter.labels()))
                .collect(Collectors.groupingBy(counter -> withoutBound(counter.labels())));
        TreeMap<Double, Double> sum = new TreeMap<>();
        for (List<Counter> buckets : histograms.values()) {
            Map<Double, Double> one = increases(counters, buckets, window);
            if (one.get(Double.POSITIVE_INFINITY) > 0) {
                add(sum, one);
            }
        }
        return new Histogram(rising(sum));
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

    private static Map<Double, Double> increases(Counters counters, List<Counter> buckets, Window window) {
        Set<Long> resets = new HashSet<>();
        buckets.forEach(bucket -> resets.addAll(drops(bucket.samples())));
        Map<Double, Double> increases = new HashMap<>();
        for (Counter bucket : buckets) {
            double grown = Increase.of(bucket.samples(), window, counters.bornAtZero(bucket), resets);
            increases.merge(bound(bucket.labels().get("le")), grown, Math::max);
        }
        if (!increases.containsKey(Double.POSITIVE_INFINITY)) {
            throw new NoAnswer(
                    Why.GARBAGE,
                    "expected a bucket le=\"+Inf\" in every histogram, found one without: "
                            + Quote.of(buckets.get(0).labels().toString()));
        }
        return increases;
    }

    /** A histogram begins anew as a whole, so a drop of one bucket tells of all; small ones may not show it themselves. */
    private static Set<Long> drops(List<Sample> samples) {
        Set<Long> drops = new HashSet<>();
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).value() < samples.get(i - 1).value()) {
                drops.add(samples.get(i).millis());
            }
        }
        return drops;
    }

    private static void add(TreeMap<Double, Double> sum, Map<Double, Double> one) {
        if (sum.isEmpty()) {
            sum.putAll(one);
        } else {
            sum.keySet().retainAll(one.keySet());
            sum.replaceAll((bound, count) -> count + one.get(bound));
        }
    }

    /** Scrapes are not atomic: a smaller bucket may be ahead of a larger one by a few events. */
    private static TreeMap<Double, Double> rising(TreeMap<Double, Double> counts) {
        double most = 0;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            most = Math.max(most, bucket.getValue());
            bucket.setValue(most);
        }
        return counts;
    }

    private static Map<String, String> withoutBound(Map<String, String> labels) {
        Map<String, String> rest = new HashMap<>(labels);
        rest.remove("le");
        return rest;
    }

    private static double bound(String text) {
        if ("+Inf".equals(text)) {
            return Double.POSITIVE_INFINITY;
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
}
