package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.OurTime;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Looks, before a gate begins, whether telemetry could tell all that the experiment will ask. */
final class MetricsPreflight {
    private final PrometheusApi prometheus;
    private final WebhookClient webhooks;
    private final CounterPreflight counters;
    private final PodScrapeCheck scrapes;
    private final InstantSource clock;
    private final Duration limit;

    /** @param limit how long each look may take; there are three in a row at most */
    MetricsPreflight(
            PrometheusApi prometheus,
            WebhookClient webhooks,
            CounterPreflight counters,
            PodScrapeCheck scrapes,
            InstantSource clock,
            Duration limit) {
        this.prometheus = prometheus;
        this.webhooks = webhooks;
        this.counters = counters;
        this.scrapes = scrapes;
        this.clock = clock;
        this.limit = limit;
    }

    /** Never fails. Where Prometheus does not answer at all, that is said once, and not again for each threshold. */
    CompletableFuture<List<Finding>> check(Experiment experiment, Scene scene) {
        Instant asked = clock.instant();
        CompletableFuture<List<Finding>> webhookFindings = all(experiment.steadyState().stream()
                .filter(Webhook.class::isInstance)
                .map(threshold -> webhook((Webhook) threshold)));
        return prometheus
                .query("time()")
                .thenApply(answer -> alive(answer, asked))
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handle((alive, failure) -> failure == null
                        ? all(Stream.concat(
                                Stream.of(CompletableFuture.completedFuture(alive)), looks(experiment, scene)))
                        : CompletableFuture.completedFuture(dead(failure)))
                .thenCompose(findings -> findings)
                .thenCombine(webhookFindings, MetricsPreflight::joined);
    }

    private Stream<CompletableFuture<List<Finding>>> looks(Experiment experiment, Scene scene) {
        List<CompletableFuture<List<Finding>>> looks = new ArrayList<>();
        for (Threshold threshold : experiment.steadyState()) {
            if (threshold instanceof ServiceThreshold service) {
                looks.add(counters.service(service, scene, experiment.watch()));
            } else if (threshold instanceof PromQl query) {
                looks.add(query(query));
            }
        }
        looks.add(scrapes.check(experiment, scene));
        looks.add(counters.faults(experiment.faults(), scene.injectionPoints()));
        return looks.stream().map(look -> look.exceptionally(failure -> List.of(unexpected(failure)))
                .completeOnTimeout(List.of(late()), limit.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS));
    }

    private List<Finding> alive(Answer answer, Instant asked) {
        Duration took = Duration.between(asked, clock.instant());
        Instant theirs = OurTime.time(answer);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("prometheus", "answers in " + took.toMillis() + " ms"));
        ReadingFindings.clocks(Duration.between(asked.plus(took.dividedBy(2)), theirs))
                .ifPresent(findings::add);
        return findings;
    }

    private List<Finding> dead(Throwable failure) {
        return List.of(failure instanceof TimeoutException ? late() : unexpected(failure));
    }

    private CompletableFuture<List<Finding>> query(PromQl threshold) {
        return new PromQlReadings(prometheus)
                .read(threshold.query(), clock.instant())
                .exceptionally(NoAnswer::reading)
                .thenApply(reading -> List.of(ReadingFindings.query(threshold, reading)));
    }

    private CompletableFuture<List<Finding>> webhook(Webhook threshold) {
        return webhooks.read(threshold.url())
                .thenApply(reading -> List.of(ReadingFindings.webhook(threshold, reading)));
    }

    private Finding late() {
        return Finding.noEvidence("prometheus", "no answer within " + limit.toMillis() + " ms");
    }

    private static Finding unexpected(Throwable failure) {
        Reading.NoData missing = (Reading.NoData) NoAnswer.reading(failure);
        return Finding.noEvidence("prometheus", missing.why().words() + ": " + missing.detail());
    }

    private static CompletableFuture<List<Finding>> all(Stream<CompletableFuture<List<Finding>>> looks) {
        return looks.reduce((one, other) -> one.thenCombine(other, MetricsPreflight::joined))
                .orElse(CompletableFuture.completedFuture(List.of()));
    }

    private static List<Finding> joined(List<Finding> one, List<Finding> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
