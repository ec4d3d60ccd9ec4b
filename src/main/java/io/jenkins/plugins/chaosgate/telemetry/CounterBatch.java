package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Target;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The counters that one batch of questions needs. Each selector is asked once for each end of a window, over the longest
 * of the windows that end there. Not thread-safe: first all is asked for, then it is sent.
 */
final class CounterBatch {
    /** How far before a window a counter's last sample may lie; longer than a scrape interval of a minute. */
    static final Duration LOOK_BACK = Duration.ofSeconds(75);

    /** One request to come. */
    private record Key(Selector selector, Instant to) {}

    /** The earliest beginning that was asked for, and who waits. */
    private record Wanted(Instant from, CompletableFuture<Counters> counters) {}

    private final PrometheusApi prometheus;
    private final MetricDialect dialect;
    private final Map<Key, Wanted> wanted = new LinkedHashMap<>();

    CounterBatch(PrometheusApi prometheus, MetricDialect dialect) {
        this.prometheus = prometheus;
        this.dialect = dialect;
    }

    /** The counters of a selector, with samples over the window at least; completes after {@link #send}. */
    CompletableFuture<Counters> counters(Selector selector, Window window) {
        return wanted.merge(
                        new Key(selector, window.to()),
                        new Wanted(window.from(), new CompletableFuture<>()),
                        (old, more) ->
                                new Wanted(more.from().isBefore(old.from()) ? more.from() : old.from(), old.counters()))
                .counters();
    }

    /** Asks Prometheus for everything, all at once. */
    void send() {
        wanted.forEach((key, value) -> fetch(key.selector(), new Window(value.from(), key.to()))
                .whenComplete((counters, failure) -> {
                    if (failure == null) {
                        value.counters().complete(counters);
                    } else {
                        value.counters().completeExceptionally(failure);
                    }
                }));
    }

    private CompletableFuture<Counters> fetch(Selector selector, Window window) {
        return samples(selector, window)
                .thenApply(series -> MixedClusters.refused(selector, series, dialect))
                .thenApply(Counters::of)
                .thenCompose(counters -> withShown(selector, counters, window.to()))
                .thenCompose(counters -> withScrapes(counters, window));
    }

    /** What ended is marked so, and an instant query does not show it; what comes late it does show. */
    private CompletableFuture<Counters> withShown(Selector selector, Counters counters, Instant at) {
        return counters.behind(at).isEmpty()
                ? CompletableFuture.completedFuture(counters)
                : prometheus.query(selector.toString(), at).thenApply(answer -> counters.withShown(vector(answer), at));
    }

    /** Where targets were not scraped, or counters not there, only the series up can tell why. */
    private CompletableFuture<Counters> withScrapes(Counters counters, Window window) {
        Set<Target> targets = counters.unclear(window);
        if (targets.isEmpty()) {
            return CompletableFuture.completedFuture(counters);
        }
        Set<String> instances = new TreeSet<>();
        targets.forEach(target -> instances.add(target.instance()));
        return samples(dialect.matchers().series("up").withAny("instance", instances), window)
                .thenApply(up -> counters.withScrapes(up, window.to()));
    }

    private CompletableFuture<List<Series>> samples(Selector selector, Window window) {
        long millis = window.length().plus(LOOK_BACK).toMillis();
        return prometheus.query(selector + "[" + millis + "ms]", window.to()).thenApply(CounterBatch::matrix);
    }

    private static List<Series> vector(Answer answer) {
        requireWhole(answer);
        if (answer.result() instanceof Vector vector) {
            return vector.series();
        }
        throw new NoAnswer(Why.GARBAGE, "expected one sample of each series from Prometheus, found another kind");
    }

    private static void requireWhole(Answer answer) {
        answer.maybePartial().ifPresent(warning -> {
            throw new NoAnswer(Why.UNAVAILABLE, "the answer may lack series; Prometheus warns: " + warning);
        });
    }

    private static List<Series> matrix(Answer answer) {
        requireWhole(answer);
        if (answer.result() instanceof Matrix matrix) {
            return matrix.series();
        }
        throw new NoAnswer(Why.GARBAGE, "expected samples over a range from Prometheus, found one of another kind");
    }
}
