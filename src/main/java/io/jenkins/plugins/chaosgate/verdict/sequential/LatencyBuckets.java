package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A latency objective as bad out of total: "99 % within 500 ms" means at most 1 % of the requests slower than 500 ms.
 *
 * @param cumulative for each upper bucket edge ("le", in the limit's unit; the last one +Inf) how many requests were
 *     counted at or below it over the time in question; never falling
 */
public record LatencyBuckets(SortedMap<Double, Long> cumulative) {

    /** @throws IllegalArgumentException if there is no +Inf bucket, an edge is not a number, or the counts fall */
    public LatencyBuckets {
        Objects.requireNonNull(cumulative, "cumulative");
        cumulative = Collections.unmodifiableSortedMap(new TreeMap<>(cumulative));
        if (cumulative.isEmpty() || cumulative.lastKey() != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("expected a histogram with a +Inf bucket, but found the edges "
                    + cumulative.keySet() + "; keep the bucket le=\"+Inf\" when relabelling");
        }
        long before = 0;
        for (var bucket : cumulative.entrySet()) {
            if (bucket.getValue() < before) {
                throw new IllegalArgumentException("expected cumulative counts that never fall, but found "
                        + bucket.getValue() + " at le=" + bucket.getKey() + " after " + before);
            }
            before = bucket.getValue();
        }
    }

    /** The share of requests that may be slower than the limit: 1 − quantile, free of the rounding of that subtraction. */
    public static double limitOf(double quantile) {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(quantile)).doubleValue();
    }

    /** How many requests there were. */
    public long total() {
        return cumulative.get(Double.POSITIVE_INFINITY);
    }

    /**
     * How many were slower than a limit. Exact where the limit is a bucket's edge. Else those above the next higher edge
     * surely were, and those above the next lower edge possibly.
     *
     * @param limit 0 or more, in the edges' unit
     */
    public Count slowerThan(double limit) {
        return new Count(total() - cumulative.get(upper(limit)), total() - atLower(limit), total());
    }

    /**
     * An estimate of the number slower than a limit, for people: the requests of the limit's own bucket are taken as
     * spread evenly. Never decide by it. In the last bucket, which has no upper edge, all count as slower.
     */
    public double roughlySlowerThan(double limit) {
        Count bounds = slowerThan(limit);
        double upper = upper(limit);
        if (bounds.isExact() || Double.isInfinite(upper)) {
            return bounds.possiblyBad();
        }
        SortedMap<Double, Long> below = cumulative.headMap(limit);
        double lower = below.isEmpty() ? 0 : below.lastKey();
        double within = (limit - lower) / (upper - lower);
        return bounds.possiblyBad() - within * (bounds.possiblyBad() - bounds.surelyBad());
    }

    /** The lowest edge at or above the limit. */
    private double upper(double limit) {
        return cumulative.tailMap(limit).firstKey();
    }

    /** The count at the highest edge at or below the limit. */
    private long atLower(double limit) {
        if (cumulative.containsKey(limit)) {
            return cumulative.get(limit);
        }
        SortedMap<Double, Long> below = cumulative.headMap(limit);
        return below.isEmpty() ? 0 : below.get(below.lastKey());
    }
}
