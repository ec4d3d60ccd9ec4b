package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Looks, before a gate begins, whether Prometheus scrapes every pod that will be judged. */
final class PodScrapeCheck {

    private static final String TOPIC = "scraped pods";
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final PrometheusApi prometheus;
    private final MetricDialect dialect;
    private final InstantSource clock;

    PodScrapeCheck(PrometheusApi prometheus, MetricDialect dialect, InstantSource clock) {
        this.prometheus = prometheus;
        this.dialect = dialect;
        this.clock = clock;
    }

    /** One look for each arm that a threshold on a service judges or compares with. */
    CompletableFuture<List<Finding>> check(Experiment experiment, Scene scene) {
        Map<Workloads, ServiceThreshold> arms = new LinkedHashMap<>();
        experiment.steadyState().stream()
                .filter(ServiceThreshold.class::isInstance)
                .map(ServiceThreshold.class::cast)
                .forEach(threshold -> arms(threshold, scene).forEach(arm -> arms.putIfAbsent(arm, threshold)));
        CompletableFuture<List<Finding>> findings = CompletableFuture.completedFuture(List.of());
        for (Map.Entry<Workloads, ServiceThreshold> arm : arms.entrySet()) {
            findings = findings.thenCombine(
                    look(arm.getKey(), arm.getValue(), scene),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        }
        return findings;
    }

    private static List<Workloads> arms(ServiceThreshold threshold, Scene scene) {
        List<Workloads> arms = new ArrayList<>();
        scene.judgedBy(threshold).ifPresent(arms::add);
        if (threshold.judging().maxRatio().isPresent()) {
            arms.add(scene.stable());
        }
        // Of a single pod it is seen anyway: there is nothing of which it could be a part.
        return arms.stream().filter(arm -> arm.pods().size() > 1).toList();
    }

    private CompletableFuture<List<Finding>> look(Workloads arm, ServiceThreshold threshold, Scene scene) {
        Instant now = clock.instant();
        Window window = new Window(now.minus(SPAN), now);
        try {
            CounterQuestion question =
                    new CounterReadings(dialect).service(threshold, new ValueOf(threshold, Optional.of(arm), window));
            CounterBatch batch = new CounterBatch(prometheus, dialect);
            CompletableFuture<List<Finding>> findings = batch.counters(question)
                    .thenApply(all -> all.get(0))
                    .thenCompose(counters -> new ScrapedPods(prometheus, dialect).scrapes(arm, counters, window))
                    .thenApply(scrapes -> findings(scrapes, arm, scene, now));
            batch.send();
            return findings;
        } catch (NoAnswer saidElsewhere) {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    private static List<Finding> findings(PodScrapes scrapes, Workloads arm, Scene scene, Instant now) {
        String pods = arm.pods().size() + " pods of " + String.join(", ", arm.names());
        if (!scrapes.isTold()) {
            return List.of(Finding.warning(
                    TOPIC,
                    "whether each of the " + pods + " is scraped cannot be told: no series up names them, by"
                            + " instance or by pod; a pod that is not scraped would not be missed"));
        }
        Optional<String> words = scrapes.words().map(text -> Quote.line(text, 400));
        if (words.isEmpty()) {
            return List.of(Finding.ok(TOPIC, "all " + pods + " are scraped"));
        }
        boolean areYoung = scrapes.unscraped().keySet().stream().allMatch(pod -> isYoung(pod, scene, now));
        return List.of(
                areYoung
                        ? Finding.warning(
                                TOPIC,
                                "not all " + pods + " are scraped yet, and these were ready only a moment ago: "
                                        + words.get())
                        : Finding.noEvidence(
                                TOPIC,
                                "not all " + pods + " are scraped, so that the others' requests would stand for all: "
                                        + words.get()
                                        + ". See Prometheus' page Status > Targets, and scrape each pod's proxy"));
    }

    /** Whether the pod has been ready for less than what a slow scrape may take. */
    private static boolean isYoung(String name, Scene scene, Instant now) {
        return scene.pods().live().stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .flatMap(Pod::readySince)
                .map(since -> Duration.between(since, now).compareTo(CounterBatch.LOOK_BACK) < 0)
                .orElse(false);
    }
}
