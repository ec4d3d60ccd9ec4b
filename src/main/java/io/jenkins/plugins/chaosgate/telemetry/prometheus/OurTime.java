package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Result;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A Prometheus whose clock is not ours, spoken to in our time: the times of questions are put on its clock, those of answers
 * back on ours. Else requests of before the fault would count as after it, and the last ones not at all.
 */
public final class OurTime implements PrometheusApi {

    /** Beyond it nothing is put right: preflight refuses such clocks. */
    public static final Duration HOPELESS = Duration.ofSeconds(30);
    /** Less cannot be told from the time that an answer takes. */
    private static final Duration SLIGHT = Duration.ofSeconds(1);

    private final PrometheusApi prometheus;
    private final InstantSource clock;
    private CompletableFuture<Duration> ahead;

    /** @param clock ours */
    public OurTime(PrometheusApi prometheus, InstantSource clock) {
        this.prometheus = prometheus;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> query(String promql) {
        return prometheus.query(promql);
    }

    @Override
    public CompletableFuture<Answer> query(String promql, Instant at) {
        return ahead().thenCompose(
                        theirs -> prometheus.query(promql, at.plus(theirs)).thenApply(answer -> back(answer, theirs)));
    }

    @Override
    public CompletableFuture<Answer> queryRange(String promql, Instant from, Instant to, Duration step) {
        return ahead().thenCompose(theirs -> prometheus
                .queryRange(promql, from.plus(theirs), to.plus(theirs), step)
                .thenApply(answer -> back(answer, theirs)));
    }

    /** By how much its clock is ahead of ours; asked for once, and again where that failed. */
    private synchronized CompletableFuture<Duration> ahead() {
        if (ahead == null || ahead.isCompletedExceptionally()) {
            Instant asked = clock.instant();
            ahead = prometheus.query("time()").thenApply(answer -> ahead(answer, asked, clock.instant()));
        }
        return ahead;
    }

    /**
     * What {@code time()} gives: a number, or, of VictoriaMetrics, a vector of one.
     *
     * @throws NoAnswer where it is neither
     */
    public static Instant time(Answer answer) {
        Optional<Sample> sample = Optional.empty();
        if (answer.result() instanceof Scalar scalar) {
            sample = Optional.of(scalar.sample());
        } else if (answer.result() instanceof Vector vector && vector.series().size() == 1) {
            sample = vector.series().get(0).samples().stream().findFirst();
        }
        double seconds = sample.map(Sample::value)
                .filter(Double::isFinite)
                .orElseThrow(() -> AnswerReader.garbage("a scalar for time()", "another kind of answer"));
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    private static Duration ahead(Answer answer, Instant asked, Instant answered) {
        Duration took = Duration.between(asked, answered);
        Instant theirs = time(answer);
        Duration ahead = Duration.between(asked.plus(took.dividedBy(2)), theirs);
        boolean counts =
                ahead.abs().compareTo(SLIGHT.plus(took)) > 0 && ahead.abs().compareTo(HOPELESS) <= 0;
        return counts ? ahead : Duration.ZERO;
    }

    private static Answer back(Answer answer, Duration theirs) {
        if (theirs.isZero()) {
            return answer;
        }
        Result result = answer.result();
        if (result instanceof Vector vector) {
            result = new Vector(back(vector.series(), theirs));
        } else if (result instanceof Matrix matrix) {
            result = new Matrix(back(matrix.series(), theirs));
        } else if (result instanceof Scalar scalar) {
            result = new Scalar(back(scalar.sample(), theirs));
        }
        return new Answer(result, answer.warnings(), answer.infos());
    }

    private static List<Series> back(List<Series> all, Duration theirs) {
        return all.stream()
                .map(series -> new Series(
                        series.labels(),
                        series.samples().stream()
                                .map(sample -> back(sample, theirs))
                                .toList()))
                .toList();
    }

    private static Sample back(Sample sample, Duration theirs) {
        return new Sample(sample.millis() - theirs.toMillis(), sample.value());
    }
}
