package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Question.InjectedBy;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.counting.Buckets;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Freshness;
import io.jenkins.plugins.chaosgate.telemetry.dialect.InjectionSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Looks whether the mesh's counters are there for an experiment's thresholds and for the proof of its faults. */
final class CounterPreflight {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final PrometheusApi prometheus;
    private final MetricDialect dialect;
    private final InstantSource clock;

    CounterPreflight(PrometheusApi prometheus, MetricDialect dialect, InstantSource clock) {
        this.prometheus = prometheus;
        this.dialect = dialect;
        this.clock = clock;
    }

    /** Are there counters of the service's requests, scraped often enough, with canary and stable version told apart? */
    CompletableFuture<List<Finding>> service(ServiceThreshold threshold, Scene scene, Watch watch) {
        Window window = last(threshold.window());
        try {
            List<Finding> arms = arms(threshold, scene);
            CounterQuestion question = new CounterReadings(dialect)
                    .service(threshold, new ValueOf(threshold, scene.judgedBy(threshold), window));
            return counters(question)
                    .thenCompose(all -> counted("requests", threshold.title(), question, all)
                            .thenApply(finding -> {
                                Counters counters = all.get(0);
                                List<Finding> findings = new ArrayList<>(arms);
                                findings.add(finding);
                                scrapes(threshold, counters, window, watch).ifPresent(findings::add);
                                ReadingFindings.sums("requests", threshold.title(), counters)
                                        .ifPresent(findings::add);
                                bucket(threshold, counters).ifPresent(findings::add);
                                callers(threshold, all, watch).ifPresent(findings::add);
                                return findings;
                            }))
                    .exceptionally(failure -> unanswered("requests", threshold.title(), failure));
        } catch (NoAnswer unanswerable) {
            return one(ReadingFindings.counted("requests", threshold.title(), unanswerable.noData()));
        }
    }

    /** What the callers' side can tell of the service. */
    private Optional<Finding> callers(ServiceThreshold threshold, List<Counters> all, Watch watch) {
        int theirs = dialect.callers(Set.of(threshold.of()), Optional.empty())
                .selectors()
                .size();
        return CallersPreflight.finding(threshold, all.subList(all.size() - theirs, all.size()), watch);
    }

    private static Optional<Finding> scrapes(
            ServiceThreshold threshold, Counters counters, Window window, Watch watch) {
        Optional<Duration> interval = Freshness.interval(counters.all());
        return interval.isEmpty() && !counters.all().isEmpty()
                ? Optional.of(ReadingFindings.seenOnce(
                        threshold.title(), window.length().plus(CounterBatch.LOOK_BACK)))
                : interval.flatMap(each -> ReadingFindings.scrapes(threshold.title(), each, threshold.window(), watch));
    }

    private Optional<Finding> bucket(ServiceThreshold threshold, Counters counters) {
        if (!(threshold instanceof Latency latency)
                || latency.judging().bounds().max().isEmpty()) {
            return Optional.empty();
        }
        double unitsPerSecond =
                dialect.durations(latency.of(), Optional.empty()).unitsPerSecond();
        TreeSet<Double> edges = new TreeSet<>();
        Buckets.edges(counters)
                .forEach(edge -> edges.add(BigDecimal.valueOf(edge)
                        .divide(BigDecimal.valueOf(unitsPerSecond), MathContext.DECIMAL64)
                        .doubleValue()));
        return ReadingFindings.bucket(
                latency.title(), latency.judging().bounds().max().getAsDouble(), edges);
    }

    /** Can what each fault hurts be counted, and be told from what the others hurt? */
    CompletableFuture<List<Finding>> faults(List<Fault> faults, List<InjectionPoint> points) {
        CompletableFuture<List<Finding>> findings = CompletableFuture.completedFuture(List.of());
        if (points.size() != faults.size()) {
            return findings;
        }
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            findings = findings.thenCombine(fault(fault, points.get(i), seen), (all, more) -> {
                List<Finding> joined = new ArrayList<>(all);
                joined.addAll(more);
                return joined;
            });
        }
        return findings;
    }

    private CompletableFuture<List<Finding>> fault(Fault fault, InjectionPoint point, Map<String, String> seen) {
        String what = fault.kind() + " to " + fault.scope().to();
        try {
            InjectionSeries series = dialect.injections(fault, point);
            List<Finding> findings = new ArrayList<>();
            String other = seen.putIfAbsent(series.selector() + " " + series.sign(), what);
            if (other != null) {
                findings.add(Finding.warning(
                        "proof",
                        what + " and " + other + " are counted together: that one of them bites cannot be told from the"
                                + " other; put them in experiments of their own"));
            }
            CounterQuestion question =
                    new CounterReadings(dialect).injected(new InjectedBy(fault, point, last(SHORTEST)));
            return counters(question)
                    .thenCompose(counters -> proof(what, question, counters).thenApply(finding -> {
                        findings.add(finding);
                        ReadingFindings.sums("proof", what, counters.get(0)).ifPresent(findings::add);
                        return findings;
                    }))
                    .exceptionally(failure -> unanswered("proof", what, failure));
        } catch (NoAnswer unanswerable) {
            return one(ReadingFindings.counted("proof", what, unanswerable.noData()));
        }
    }

    private CompletableFuture<Finding> proof(String what, CounterQuestion question, List<Counters> counters) {
        Reading reading = read(question, counters);
        Finding finding = reading instanceof Reading.Value
                ? Finding.ok("proof", what + ": its requests are counted")
                : ReadingFindings.counted("proof", what + ": without such data the gate ends INCONCLUSIVE", reading);
        return isNothing(reading)
                ? lost("proof", what, question.first()).thenApply(lost -> lost.orElse(finding))
                : CompletableFuture.completedFuture(finding);
    }

    private CompletableFuture<Finding> counted(
            String topic, String what, CounterQuestion question, List<Counters> counters) {
        Reading reading = read(question, counters);
        if (!isNothing(reading)) {
            return CompletableFuture.completedFuture(ReadingFindings.counted(topic, what, reading));
        }
        Selector everywhere = dialect.everywhere();
        return isThere(everywhere)
                .thenCompose(there -> there
                        ? lost(topic, what, question.first())
                                .thenApply(lost -> lost.orElseGet(() -> Finding.warning(
                                        topic, what + ": no requests seen yet: " + ((NoData) reading).detail())))
                        : CompletableFuture.completedFuture(Finding.noEvidence(
                                topic,
                                what + ": Prometheus has no " + everywhere + " at all; the dialect " + dialect.name()
                                        + " expects it. Are the mesh's proxies scraped, and is this their dialect?")));
    }

    private static boolean isNothing(Reading reading) {
        return reading instanceof NoData missing && missing.why() == Why.NO_SERIES;
    }

    /** Whether nothing was found since a label that is asked for was dropped; empty where all of them are there. */
    private CompletableFuture<Optional<Finding>> lost(String topic, String what, Selector selector) {
        Selector all = dialect.matchers().series(selector.metric());
        CompletableFuture<Optional<Finding>> lost = CompletableFuture.completedFuture(Optional.empty());
        for (String label : selector.needed()) {
            lost = lost.thenCompose(before -> before.isPresent()
                    ? CompletableFuture.completedFuture(before)
                    : isThere(all.having(label))
                            .thenApply(there -> there
                                    ? Optional.empty()
                                    : Optional.of(ReadingFindings.lost(topic, what, selector.metric(), label))));
        }
        CompletableFuture<Optional<Finding>> found = lost;
        return isThere(all).thenCompose(any -> any ? found : CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Boolean> isThere(Selector selector) {
        return prometheus
                .query("count(" + selector + ")", clock.instant())
                .thenApply(answer -> answer.result() instanceof Vector vector
                        && !vector.series().isEmpty());
    }

    /** Where the canary is judged by itself it must not look like the stable version. */
    private List<Finding> arms(ServiceThreshold threshold, Scene scene) {
        boolean apart = scene.judgedBy(threshold).isPresent()
                || threshold.judging().maxRatio().isPresent();
        if (!apart || scene.canary().isEmpty() || scene.stable().isEmpty()) {
            return List.of();
        }
        Selector canary = requests(threshold, scene.canary());
        if (!canary.equals(requests(threshold, scene.stable()))) {
            return List.of();
        }
        return List.of(Finding.error(
                "requests",
                threshold.title() + ": canary and stable version look the same in Prometheus (" + canary
                        + "); give their pods different labels version, or their workloads different names"));
    }

    private Selector requests(ServiceThreshold threshold, Workloads workloads) {
        return dialect.requests(threshold.of(), Optional.of(workloads)).selector();
    }

    private CompletableFuture<List<Counters>> counters(CounterQuestion question) {
        CounterBatch batch = new CounterBatch(prometheus, dialect);
        CompletableFuture<List<Counters>> counters = batch.counters(question);
        batch.send();
        return counters;
    }

    private static Reading read(CounterQuestion question, List<Counters> counters) {
        try {
            return question.reader().apply(counters);
        } catch (NoAnswer unreadable) {
            return unreadable.noData();
        }
    }

    private Window last(Duration window) {
        Instant now = clock.instant();
        return new Window(now.minus(window.compareTo(SHORTEST) > 0 ? window : SHORTEST), now);
    }

    private static List<Finding> unanswered(String topic, String what, Throwable failure) {
        return List.of(ReadingFindings.counted(topic, what, NoAnswer.reading(failure)));
    }

    private static CompletableFuture<List<Finding>> one(Finding finding) {
        return CompletableFuture.completedFuture(List.of(finding));
    }
}
