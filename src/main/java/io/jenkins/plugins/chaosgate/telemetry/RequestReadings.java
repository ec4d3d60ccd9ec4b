package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Throughput;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Freshness;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.RequestSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Reads how many requests of a service failed, or came: what its pods answered, and what its callers got beside that. Pure. */
final class RequestReadings {

    private final ServiceThreshold threshold;
    private final ValueOf question;
    private final Window window;
    private final RequestSeries series;
    private final CallerSeries callerSeries;

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    RequestReadings(MetricDialect dialect, ServiceThreshold threshold, ValueOf question) {
        this.threshold = threshold;
        this.question = question;
        this.window = question.window();
        this.series = dialect.requests(threshold.of(), question.workloads());
        this.callerSeries = dialect.callers(question.services(threshold), question.workloads());
    }

    CounterQuestion question() {
        List<Selector> selectors = new ArrayList<>(List.of(series.selector()));
        selectors.addAll(callerSeries.selectors());
        return new CounterQuestion(selectors, question.whole(), this::read);
    }

    private Reading read(List<Counters> all) {
        ServiceCounters both =
                new ServiceCounters(question, series, all.get(0), callerSeries, all.subList(1, all.size()));
        Optional<NoData> missing = both.missing();
        if (threshold instanceof Throughput) {
            return missing.isPresent() ? missing.get() : throughput(both);
        }
        CallersSide side = both.callersSide(window);
        Optional<NoData> untold = missing.or(both::callersMissing);
        // Pods that are gone tell nothing, but their callers may know more than enough.
        return untold.isPresent() && side.extra().surelyBad() == 0 ? untold.get() : failed(both, side, untold);
    }

    private Reading throughput(ServiceCounters both) {
        Counters.Sum total = both.pods().increase(series.counts(), window);
        double seconds = sampledSeconds(both.pods());
        Bounds bounds = threshold.judging().bounds();
        double rate = total.least() / seconds;
        if (bounds.hold(rate) != bounds.hold((total.least() + total.unknown()) / seconds)) {
            return Doubt.noData(total.unknown(), "requests");
        }
        return new Value(both.pods().knownUntil(window.to()), rate, OptionalLong.of(Math.round(total.least())));
    }

    /** The time between the scrapes that were compared: over a young window it can be much longer than the window. */
    private double sampledSeconds(Counters counters) {
        Instant first = Freshness.newest(counters.all(), window.from()).orElse(window.from());
        Instant last = Freshness.newest(counters.all(), window.to()).orElseThrow();
        return Duration.between(first, last).toMillis() / 1000.0;
    }

    /** @param untold why not all is known; then only what surely failed is told */
    private Reading failed(ServiceCounters both, CallersSide side, Optional<NoData> untold) {
        Predicate<Map<String, String>> which = series.counts().and(series.failed());
        Counters.Sum total = both.pods().increase(series.counts(), window);
        Counters.Sum failed = both.pods().increase(which, window);
        if (total.least() + failed.unknown() + side.extra().total() <= 0) {
            return ServiceReadings.noTraffic(threshold, window);
        }
        boolean rate = threshold instanceof ErrorRate;
        boolean anyWindow = !rate && Decide.of(threshold) == Decide.SEQUENTIAL;
        List<Increment> sure = new ArrayList<>(both.pods().increments(which, window));
        List<Increment> possible = new ArrayList<>(sure);
        sure.addAll(side.sure());
        possible.addAll(side.possible());
        FailedInAnyWindow worst = new FailedInAnyWindow(
                FailedInAnyWindow.of(sure, threshold.window()).certain(),
                FailedInAnyWindow.of(possible, threshold.window()).possible());

        long bad = Math.round(failed.least()) + side.extra().surelyBad();
        long answered = Math.round(total.least()) + (untold.isPresent() ? both.answeredSincePodsTold(window) : 0);
        Count count = new Count(
                bad,
                Math.round(failed.least()) + side.extra().possiblyBad(),
                Math.max(answered, Math.round(failed.least())) + side.extra().total());
        Doubt doubt = rate
                ? new Doubt(bad, failed.unknown(), count.total(), total.unknown())
                : new Doubt(anyWindow ? worst.certain() : bad, failed.unknown(), 1, 0);
        Optional<NoData> unclear = doubt.unclear(threshold.judging().bounds().max(), "failed requests")
                .or(() -> anybodys(count, rate));
        if (unclear.isPresent()) {
            return unclear.get();
        }
        if (count.total() <= 0) {
            return ServiceReadings.noTraffic(threshold, window);
        }
        Counted counted = both.told(Counted.of(count), side);
        double value = rate ? (double) bad / count.total() : anyWindow ? worst.certain() : bad;
        return new Value(
                both.knownUntil(),
                value,
                OptionalLong.of(count.total()),
                Optional.of(anyWindow ? counted.within(worst) : counted));
    }

    /** A sample that decides for itself says nothing where failures of which nobody knows whose they were could change it. */
    private Optional<NoData> anybodys(Count count, boolean rate) {
        Bounds bounds = threshold.judging().bounds();
        double share = rate ? count.total() : 1;
        boolean same = bounds.hold(count.surelyBad() / share) == bounds.hold(count.possiblyBad() / share);
        return Decide.of(threshold) == Decide.SEQUENTIAL || count.total() == 0 || same
                ? Optional.empty()
                : Optional.of(new NoData(
                        Why.UNCERTAIN,
                        "up to " + (count.possiblyBad() - count.surelyBad())
                                + " more requests may have failed: no pod answered them, or their callers gave up, and nobody"
                                + " can say whose they were"));
    }
}
