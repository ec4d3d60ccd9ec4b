package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Asks Prometheus whether it scrapes every pod that is judged: what only some of them answered is no evidence of all. */
final class ScrapedPods {

    private final PrometheusApi prometheus;
    private final MetricDialect dialect;

    ScrapedPods(PrometheusApi prometheus, MetricDialect dialect) {
        this.prometheus = prometheus;
        this.dialect = dialect;
    }

    /**
     * Why counters say nothing of an arm: one of its pods was never scraped, or cannot be any more, and had counted nothing
     * until then. Empty where all are scraped, nobody can tell, or nothing is counted at all. Asks only where some of several
     * pods have no counter.
     */
    CompletableFuture<Optional<NoData>> missing(Optional<Workloads> arm, Counters counters, Window window) {
        boolean isWhole = arm.map(workloads -> workloads.pods().size()).orElse(0) < 2
                || counters.all().isEmpty()
                || PodScrapes.counted(arm.get(), counters).containsAll(arm.get().pods());
        return isWhole
                ? CompletableFuture.completedFuture(Optional.empty())
                : scrapes(arm.get(), counters, window).thenApply(scrapes -> scrapes.words()
                        .map(words -> new NoData(Why.STALE, "only a part is counted: " + Quote.line(words, 400))));
    }

    /** What is known of the pods of an arm. */
    CompletableFuture<PodScrapes> scrapes(Workloads arm, Counters counters, Window window) {
        CompletableFuture<List<Series>> all = CompletableFuture.completedFuture(List.of());
        for (Selector selector : selectors(arm)) {
            all = all.thenCombine(up(selector, window), (some, more) -> {
                List<Series> joined = new ArrayList<>(some);
                more.stream().filter(series -> !joined.contains(series)).forEach(joined::add);
                return joined;
            });
        }
        return all.thenApply(up -> PodScrapes.of(arm, counters, up));
    }

    private List<Selector> selectors(Workloads arm) {
        List<Selector> selectors = new ArrayList<>();
        if (!arm.addresses().isEmpty()) {
            String addresses = arm.addresses().values().stream()
                    .sorted()
                    .map(address -> Selector.literally(address.contains(":") ? "[" + address + "]" : address))
                    .collect(Collectors.joining("|"));
            selectors.add(dialect.matchers().series("up").matching("instance", "(" + addresses + ")(:[0-9]+)?"));
        }
        PodTargets.POD_LABELS.forEach(
                label -> selectors.add(dialect.matchers().series("up").withAny(label, arm.pods())));
        return selectors;
    }

    private CompletableFuture<List<Series>> up(Selector selector, Window window) {
        long millis = window.length().plus(CounterBatch.LOOK_BACK).toMillis();
        return prometheus
                .query(selector + "[" + millis + "ms]", window.to())
                .thenApply(answer -> answer.result() instanceof Matrix matrix ? matrix.series() : List.<Series>of())
                .thenApply(series ->
                        series.stream().filter(one -> !one.samples().isEmpty()).toList());
    }
}
