package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Histogram;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.DurationSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.RequestSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.LatencyBuckets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads how long requests of a service took, and how many took longer than a limit. A request that its caller's proxy gave up on
 * was too slow; what was never answered for another reason, or was given up by the caller itself, may have been. Pure.
 */
final class LatencyReadings {

    private static final String WHAT = "slow requests";

    private final Latency threshold;
    private final ValueOf question;
    private final Window window;
    private final OptionalDouble max;
    private final DurationSeries series;
    private final RequestSeries requests;
    private final CallerSeries callerSeries;

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    LatencyReadings(MetricDialect dialect, Latency threshold, ValueOf question) {
        this.threshold = threshold;
        this.question = question;
        this.window = question.window();
        this.max = threshold.judging().bounds().max();
        this.series = dialect.durations(threshold.of(), question.workloads());
        this.requests = dialect.requests(threshold.of(), question.workloads());
        this.callerSeries = dialect.callers(question.services(threshold), question.workloads());
    }

    CounterQuestion question() {
        List<Selector> selectors = new ArrayList<>(List.of(series.selector(), requests.selector()));
        selectors.addAll(callerSeries.selectors());
        return new CounterQuestion(selectors, question.whole(), this::read);
    }

    private Reading read(List<Counters> all) {
        Counters durations = all.get(0);
        ServiceCounters both =
                new ServiceCounters(question, requests, all.get(1), callerSeries, all.subList(2, all.size()));
        CallersSide side = both.callersSide(window);
        Optional<NoData> untold = FreshCounters.missing(series.selector(), durations, window)
                .or(() -> both.pods().all().isEmpty() ? Optional.empty() : both.missing())
                .or(both::callersMissing);
        if (untold.isPresent() && side.extra().surelyBad() == 0) {
            return untold.get();
        }
        return read(durations, both, side, untold);
    }

    /**
     * A quantile above the largest bound is known only to be larger than that. It is given as the next number above the
     * bound where this breaks the threshold's maximum anyway; in all other cases a limit, or the stable version, might
     * seem to be kept wrongly, so that there is no reading.
     */
    private Reading read(Counters durations, ServiceCounters both, CallersSide side, Optional<NoData> untold) {
        Histogram histogram = Histogram.of(durations, series.counts(), window);
        Optional<NoData> unclear = unclear(histogram);
        if (unclear.isPresent()) {
            return unclear.get();
        }
        Optional<Counted> slow = max.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        both.told(Counted.of(slow(max.getAsDouble(), histogram, durations, both, side, untold)), side));
        if (histogram.total() <= 0) {
            return slow.filter(counted -> counted.judged().surelyBad() > 0)
                    .<Reading>map(counted -> value(
                            durations,
                            both,
                            Math.nextUp(max.getAsDouble()),
                            counted.judged().total(),
                            slow))
                    .orElseGet(() -> ServiceReadings.noTraffic(threshold, window));
        }
        Histogram.Quantile quantile = histogram.quantile(threshold.quantile());
        double seconds = quantile.value() / series.unitsPerSecond();
        if (!quantile.aboveAllBounds()) {
            return value(durations, both, seconds, histogram.total(), slow);
        }
        double above = Math.nextUp(seconds);
        if (max.orElse(Double.POSITIVE_INFINITY) < above) {
            return value(durations, both, above, histogram.total(), slow);
        }
        return new NoData(
                Why.NOT_A_NUMBER,
                "the quantile is above the histogram's largest bound of "
                        + threshold.unit().format(seconds)
                        + "; choose a limit below it, or have the mesh measure with larger bounds");
    }

    /** Slow requests out of all; those without an answer among them. */
    private Count slow(
            double limit,
            Histogram histogram,
            Counters durations,
            ServiceCounters both,
            CallersSide side,
            Optional<NoData> untold) {
        Count answered = slowerThan(limit, histogram);
        Histogram cancelled = Histogram.of(durations, series.cancelled(), window);
        long gaveUpLate =
                cancelled.total() <= 0 ? 0 : slowerThan(limit, cancelled).surelyBad();
        long timedOut = side.unanswered().byFlag().getOrDefault("UT", 0L);
        long surely = Math.min(
                side.extra().total(), Math.min(timedOut, side.unanswered().surely()) + gaveUpLate);
        long unseen = untold.isPresent() ? both.answeredSincePodsTold(window) : 0;
        return answered.plus(
                new Count(surely, side.extra().total(), side.extra().total() + unseen));
    }

    /** Whether requests that nobody knows of might speak against the canary; fast ones do not. */
    private Optional<NoData> unclear(Histogram histogram) {
        if (max.isEmpty()) {
            return new Doubt(0, histogram.unknownTotal(), histogram.total(), histogram.unknownTotal())
                    .unclear(max, WHAT);
        }
        if (histogram.total() <= 0 && histogram.unknownTotal() <= 0) {
            return Optional.empty();
        }
        double slow = histogram.total() <= 0
                ? 0
                : slowerThan(max.getAsDouble(), histogram).surelyBad();
        return new Doubt(
                        slow,
                        histogram.unknownAbove(units(max.getAsDouble())),
                        histogram.total(),
                        histogram.unknownTotal())
                .unclear(OptionalDouble.of(LatencyBuckets.limitOf(threshold.quantile())), WHAT);
    }

    private Count slowerThan(double seconds, Histogram histogram) {
        if (histogram.total() <= 0) {
            return Count.NONE;
        }
        TreeMap<Double, Long> cumulative = new TreeMap<>();
        histogram.atMost().forEach((bound, count) -> cumulative.put(bound, Math.round(count)));
        return new LatencyBuckets(cumulative).slowerThan(units(seconds));
    }

    /** In decimals, so that a limit of 290 ms is the edge 290 and not a bit beside it. */
    private double units(double seconds) {
        return BigDecimal.valueOf(seconds)
                .multiply(BigDecimal.valueOf(series.unitsPerSecond()))
                .doubleValue();
    }

    private Value value(
            Counters durations, ServiceCounters both, double value, double requests, Optional<Counted> counted) {
        return new Value(both.knownUntil(durations), value, OptionalLong.of(Math.round(requests)), counted);
    }
}
