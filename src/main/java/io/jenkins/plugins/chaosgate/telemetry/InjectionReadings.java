package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.ProxyCalls;
import io.jenkins.plugins.chaosgate.gate.port.Question.HurtBeside;
import io.jenkins.plugins.chaosgate.gate.port.Question.InjectedBy;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counter;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Target;
import io.jenkins.plugins.chaosgate.telemetry.dialect.BystanderSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.InjectionSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Turns questions on what faults hurt into counters, and counters into readings. Pure. */
final class InjectionReadings {

    private final MetricDialect dialect;

    InjectionReadings(MetricDialect dialect) {
        this.dialect = dialect;
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion injected(InjectedBy question) {
        InjectionSeries series = dialect.injections(question.fault(), question.point());
        Window window = question.window();
        return FreshCounters.question(series.selector(), window, counters -> {
            Counters.Sum hurt = counters.increase(series.hurt(), window);
            // More would not change that somebody was hurt; that nobody was must be sure.
            return hurt.least() == 0 && hurt.unknown() > 0
                    ? Doubt.noData(hurt.unknown(), "requests that a fault hurt")
                    : new Value(
                            counters.knownUntil(window.to()),
                            hurt.least(),
                            OptionalLong.of(Math.round(hurt.least())),
                            Optional.empty(),
                            proxies(series, counters, window));
        });
    }

    /** What each proxy counted, as far as it can be told from the others. */
    private static List<ProxyCalls> proxies(InjectionSeries series, Counters counters, Window window) {
        return counters.all().stream()
                .map(Counter::target)
                .distinct()
                .sorted(Comparator.comparing(Target::instance).thenComparing(Target::job))
                .map(target -> {
                    Predicate<Map<String, String>> ofTarget = labels -> Objects.equals(Target.of(labels), target);
                    return new ProxyCalls(
                            target.instance(),
                            Math.round(counters.increase(ofTarget.and(series.hurt()), window)
                                    .least()),
                            Math.round(counters.increase(ofTarget.and(series.calls()), window)
                                    .least()));
                })
                .toList();
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion beside(HurtBeside question) {
        BystanderSeries series = dialect.bystanders(question.faults(), question.points());
        Window window = question.window();
        return FreshCounters.question(series.selector(), window, counters -> {
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
}
