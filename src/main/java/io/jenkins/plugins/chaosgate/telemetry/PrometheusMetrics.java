package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Question.HurtBeside;
import io.jenkins.plugins.chaosgate.gate.port.Question.InjectedBy;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Numbers from a mesh's Prometheus, and from webhooks. Made for one gate, since its dialect knows the target's
 * namespace; the clients behind it may serve many gates.
 */
public final class PrometheusMetrics implements MetricSource {
    private final PrometheusApi prometheus;
    private final WebhookClient webhooks;
    private final MetricDialect dialect;
    private final InstantSource clock;
    private final Duration limit;

    /**
     * @param clock the gate's clock, by which windows are told
     * @param limit how long a batch of questions may take in all; a bit more than the clients' own time-outs
     */
    public PrometheusMetrics(
            PrometheusApi prometheus,
            WebhookClient webhooks,
            MetricDialect dialect,
            InstantSource clock,
            Duration limit) {
        this.prometheus = prometheus;
        this.webhooks = webhooks;
        this.dialect = dialect;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public CompletionStage<List<Finding>> check(Experiment experiment, Scene scene) {
        CounterPreflight counters = new CounterPreflight(prometheus, dialect, clock);
        PodScrapeCheck scrapes = new PodScrapeCheck(prometheus, dialect, clock);
        return new MetricsPreflight(prometheus, webhooks, counters, scrapes, clock, limit).check(experiment, scene);
    }

    @Override
    public CompletableFuture<List<Reading>> read(List<Question> questions) {
        CounterBatch batch = new CounterBatch(prometheus, dialect);
        List<CompletableFuture<Reading>> readings = questions.stream()
                .map(question -> ask(question, batch)
                        .exceptionally(NoAnswer::reading)
                        .completeOnTimeout(late(), limit.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        batch.send();
        return CompletableFuture.allOf(readings.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> readings.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Reading> ask(Question question, CounterBatch batch) {
        CounterReadings counters = new CounterReadings(dialect);
        try {
            if (question instanceof InjectedBy injected) {
                return count(counters.injected(injected), batch);
            }
            if (question instanceof HurtBeside beside) {
                return count(counters.beside(beside), batch);
            }
            ValueOf value = (ValueOf) question;
            if (value.threshold() instanceof ServiceThreshold service) {
                return whole(counters.service(service, value), value, batch);
            }
            if (value.threshold() instanceof PromQl query) {
                return new PromQlReadings(prometheus)
                        .read(query.query(), value.window().to());
            }
            return webhooks.read(((Webhook) value.threshold()).url());
        } catch (NoAnswer unanswerable) {
            return CompletableFuture.completedFuture(unanswerable.noData());
        }
    }

    private static CompletableFuture<Reading> count(CounterQuestion question, CounterBatch batch) {
        return batch.counters(question).thenApply(question.reader());
    }

    /** The reading of counters that every pod of the workloads has a part in. */
    private CompletableFuture<Reading> whole(CounterQuestion question, ValueOf asked, CounterBatch batch) {
        return batch.counters(question).thenCompose(counters -> new ScrapedPods(prometheus, dialect)
                .missing(asked.workloads(), counters.get(0), question.window())
                .thenApply(missing -> missing.map(
                                part -> withoutPods(part, question.reader().apply(counters), asked))
                        .orElseGet(() -> question.reader().apply(counters))));
    }

    /**
     * Where a pod tells nothing, what the others or the callers know may be enough to condemn the canary, but never to let it pass: a
     * number of failures does not get smaller by what that pod answered well, and failures without a pod speak for themselves.
     */
    private static Reading withoutPods(NoData part, Reading rest, ValueOf asked) {
        if (rest instanceof Reading.Value value
                && (asked.threshold() instanceof FailedRequests && value.value() > 0
                        || value.counted()
                                .flatMap(Counted::unanswered)
                                .filter(unanswered -> unanswered.surely() > 0)
                                .isPresent())) {
            return new Reading.Value(asked.window().from(), value.value(), value.requests(), value.counted());
        }
        return part;
    }

    private Reading late() {
        return new NoData(Why.TIMED_OUT, "no complete answer within " + limit.toMillis() + " ms");
    }
}
