package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.gate.port.Question.HurtBeside;
import io.jenkins.plugins.chaosgate.gate.port.Question.InjectedBy;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Freshness;
import io.jenkins.plugins.chaosgate.telemetry.counting.Histogram;
import io.jenkins.plugins.chaosgate.telemetry.dialect.BystanderSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.DurationSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.InjectionSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.RequestSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import io.jenkins.plugins.chaosgate.verdict.sequential.LatencyBuckets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Turns questions on services and faults into counters, and counters into readings. Pure. */
final class CounterReadings {
    private final MetricDialect dialect;

    CounterReadings(MetricDialect dialect) {
        this.dialect = dialect;
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion injected(InjectedBy question) {
        InjectionSeries series = dialect.injections(question.fault(), question.point());
        Window window = question.window();
        return fresh(series.selector(), window, counters -> {
            Counters.Sum hurt = counters.increase(series.hurt(), window);
            // More would not change that somebody was hurt; that nobody was must be sure.
            return hurt.least() == 0 && hurt.unknown() > 0
                    ? Doubt.noData(hurt.unknown(), "requests that a fault hurt")
                    : value(counters, window, hurt.least(), hurt.least());
        });
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion beside(HurtBeside question) {
        BystanderSeries series = dialect.bystanders(question.faults(), question.points());
        Window window = question.window();
        return fresh(series.selector(), window, counters -> {
            Counters.Sum hurt = counters.increase(series.others().and(series.hurt()), window);
            if (hurt.unknown() > 0) {
                return Doubt.noData(hurt.unknown(), "requests of others that a fault hurt");
            }
            double all = counters.increase(series.others(), window).least();
            return new Value(
                    counters.knownUntil(window.to()),
                    hurt.least(),
                    series.countsAll() ? OptionalLong.of(Math.round(all)) : OptionalLong.empty());
        });
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion service(ServiceThreshold threshold, Optional<Workloads> workloads, Window window) {
        if (threshold instanceof Latency latency) {
            DurationSeries series = dialect.durations(latency.of(), workloads);
            return fresh(series.selector(), window, counters -> latency(latency, series, counters, window));
        }
        RequestSeries series = dialect.requests(threshold.of(), workloads);
        return fresh(series.selector(), window, counters -> requests(threshold, series, counters, window));
    }

    private static CounterQuestion fresh(Selector selector, Window window, Function<Counters, Reading> reader) {
        return new CounterQuestion(selector, window, counters -> {
            if (counters.all().isEmpty()) {
                return new NoData(Why.NO_SERIES, "no series matches " + Quote.line(selector.toString(), 400));
            }
            Optional<NoData> missing = Freshness.missing(counters.all(), window).or(() -> UntoldProxies.of(counters));
            return missing.isPresent() ? missing.get() : reader.apply(counters);
        });
    }

    private static Reading requests(
            ServiceThreshold threshold, RequestSeries series, Counters counters, Window window) {
        Counters.Sum total = counters.increase(series.counts(), window);
        if (threshold instanceof FailedRequests || threshold instanceof ErrorRate) {
            return failed(threshold, series, counters, window, total);
        }
        double seconds = sampledSeconds(counters, window);
        Bounds bounds = threshold.judging().bounds();
        double rate = total.least() / seconds;
        return bounds.hold(rate) == bounds.hold((total.least() + total.unknown()) / seconds)
                ? value(counters, window, rate, total.least())
                : Doubt.noData(total.unknown(), "requests");
    }

    private static Reading failed(
            ServiceThreshold threshold, RequestSeries series, Counters counters, Window window, Counters.Sum total) {
        Predicate<Map<String, String>> which = series.counts().and(series.failed());
        Counters.Sum failed = counters.increase(which, window);
        if (total.least() + failed.unknown() <= 0) {
            return noTraffic(threshold, window);
        }
        boolean rate = threshold instanceof ErrorRate;
        boolean anyWindow = !rate && Decide.of(threshold) == Decide.SEQUENTIAL;
        FailedInAnyWindow worst = FailedInAnyWindow.of(counters.increments(which, window), threshold.window());
        Doubt doubt = rate
                ? new Doubt(failed.least(), failed.unknown(), total.least(), total.unknown())
                : new Doubt(anyWindow ? worst.certain() : failed.least(), failed.unknown(), 1, 0);
        Optional<NoData> unclear = doubt.unclear(threshold.judging().bounds().max(), "failed requests");
        if (unclear.isPresent()) {
            return unclear.get();
        }
        if (total.least() <= 0) {
            return noTraffic(threshold, window);
        }
        Counted counted = Counted.of(Count.of(Math.round(failed.least()), Math.round(total.least())));
        if (anyWindow) {
            return value(counters, window, worst.certain(), total.least(), Optional.of(counted.within(worst)));
        }
        double value = rate ? failed.least() / total.least() : failed.least();
        return value(counters, window, value, total.least(), Optional.of(counted));
    }

    /** The time between the scrapes that were compared: over a young window it can be much longer than the window. */
    private static double sampledSeconds(Counters counters, Window window) {
        Instant first = Freshness.newest(counters.all(), window.from()).orElse(window.from());
        Instant last = Freshness.newest(counters.all(), window.to()).orElseThrow();
        return Duration.between(first, last).toMillis() / 1000.0;
    }

    /**
     * A quantile above the largest bound is known only to be larger than that. It is given as the next number above the
     * bound where this breaks the threshold's maximum anyway; in all other cases a limit, or the stable version, might
     * seem to be kept wrongly, so that there is no reading.
     */
    private static Reading latency(Latency threshold, DurationSeries series, Counters counters, Window window) {
        Histogram histogram = Histogram.of(counters, series.counts(), window);
        OptionalDouble max = threshold.judging().bounds().max();
        Optional<NoData> unclear = unclear(threshold, series, histogram);
        if (unclear.isPresent()) {
            return unclear.get();
        }
        if (histogram.total() <= 0) {
            return noTraffic(threshold, window);
        }
        Histogram.Quantile quantile = histogram.quantile(threshold.quantile());
        double seconds = quantile.value() / series.unitsPerSecond();
        Optional<Counted> slow = max.stream()
                .mapToObj(limit -> Counted.of(slowerThan(limit, series, histogram)))
                .findFirst();
        if (!quantile.aboveAllBounds()) {
            return value(counters, window, seconds, histogram.total(), slow);
        }
        double above = Math.nextUp(seconds);
        if (max.orElse(Double.POSITIVE_INFINITY) < above) {
            return value(counters, window, above, histogram.total(), slow);
        }
        return new NoData(
                Why.NOT_A_NUMBER,
                "the quantile is above the histogram's largest bound of "
                        + threshold.unit().format(seconds)
                        + "; choose a limit below it, or have the mesh measure with larger bounds");
    }

    /** Whether requests that nobody knows of might speak against the canary; fast ones do not. */
    private static Optional<NoData> unclear(Latency threshold, DurationSeries series, Histogram histogram) {
        String what = "slow requests";
        OptionalDouble max = threshold.judging().bounds().max();
        if (max.isEmpty()) {
            return new Doubt(0, histogram.unknownTotal(), histogram.total(), histogram.unknownTotal())
                    .unclear(max, what);
        }
        if (histogram.total() <= 0 && histogram.unknownTotal() <= 0) {
            return Optional.empty();
        }
        double limit = units(max.getAsDouble(), series);
        double slow = histogram.total() <= 0
                ? 0
                : slowerThan(max.getAsDouble(), series, histogram).surelyBad();
        return new Doubt(slow, histogram.unknownAbove(limit), histogram.total(), histogram.unknownTotal())
                .unclear(OptionalDouble.of(LatencyBuckets.limitOf(threshold.quantile())), what);
    }

    private static Count slowerThan(double seconds, DurationSeries series, Histogram histogram) {
        TreeMap<Double, Long> cumulative = new TreeMap<>();
        histogram.atMost().forEach((bound, count) -> cumulative.put(bound, Math.round(count)));
        return new LatencyBuckets(cumulative).slowerThan(units(seconds, series));
    }

    /** In decimals, so that a limit of 290 ms is the edge 290 and not a bit beside it. */
    private static double units(double seconds, DurationSeries series) {
        return BigDecimal.valueOf(seconds)
                .multiply(BigDecimal.valueOf(series.unitsPerSecond()))
                .doubleValue();
    }

    private static NoData noTraffic(ServiceThreshold threshold, Window window) {
        return new NoData(
                Why.NO_TRAFFIC,
                "no request to " + threshold.of() + " was counted from " + window.from() + " to " + window.to());
    }

    private static Value value(Counters counters, Window window, double value, double requests) {
        return value(counters, window, value, requests, Optional.empty());
    }

    private static Value value(
            Counters counters, Window window, double value, double requests, Optional<Counted> counted) {
        return new Value(counters.knownUntil(window.to()), value, OptionalLong.of(Math.round(requests)), counted);
    }
}
