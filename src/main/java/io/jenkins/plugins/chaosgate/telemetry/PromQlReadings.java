package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.counting.Freshness;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the one number that a query of the user's own gives. Prometheus stamps a result with the time of evaluation and
 * hands out samples up to five minutes old. Only where the query is a plain selector can the true age be told: then {@code
 * timestamp()} is asked beside. In other queries old data looks fresh until Prometheus drops it.
 */
final class PromQlReadings {
    private static final Pattern PLAIN_SELECTOR =
            Pattern.compile("\\s*[a-zA-Z_:][a-zA-Z0-9_:]*\\s*(\\{([^\"{}]|\"([^\"\\\\]|\\\\.)*\")*})?\\s*");

    /** How old the sample of a plain selector may be: a scrape interval of a minute, and some. */
    private static final Duration TRUSTED = Duration.ofSeconds(75);

    private final PrometheusApi prometheus;

    PromQlReadings(PrometheusApi prometheus) {
        this.prometheus = prometheus;
    }

    CompletableFuture<Reading> read(String query, Instant at) {
        CompletableFuture<Answer> answer = prometheus.query(query, at);
        if (!PLAIN_SELECTOR.matcher(query).matches()) {
            return answer.thenApply(PromQlReadings::number);
        }
        return answer.thenCombine(
                prometheus.query("timestamp(" + query + ")", at),
                (value, time) -> sampled(number(value), number(time), at));
    }

    /** The value with the time at which it was really taken. */
    private static Reading sampled(Reading number, Reading timestamp, Instant at) {
        if (!(number instanceof Value value && timestamp instanceof Value time)) {
            return number instanceof Value ? timestamp : number;
        }
        Instant taken = Instant.ofEpochMilli(Math.round(time.value() * 1000));
        return Freshness.tooOld(taken, at, TRUSTED)
                .<Reading>map(Function.identity())
                .orElseGet(() -> new Value(taken, value.value(), value.requests()));
    }

    private static Reading number(Answer answer) {
        if (answer.maybePartial().isPresent()) {
            return new NoData(
                    Why.UNAVAILABLE,
                    "the answer may lack series; Prometheus warns: "
                            + answer.maybePartial().get());
        }
        if (answer.result() instanceof Scalar scalar) {
            return number(scalar.sample());
        }
        if (answer.result() instanceof Vector vector) {
            return one(vector.series());
        }
        String kind = answer.result() instanceof Matrix ? "a range of samples; wrap it, e.g. in rate()" : "a string";
        return new NoData(Why.REFUSED, "expected a query that gives one number, found one that gives " + kind);
    }

    private static Reading one(List<Series> series) {
        if (series.isEmpty()) {
            return new NoData(Why.NO_SERIES, "the query gives nothing");
        }
        if (series.size() > 1) {
            return new NoData(
                    Why.SEVERAL_SERIES,
                    "the query gives " + series.size()
                            + " series where one is meant; aggregate them, e.g. with sum(...)");
        }
        return number(series.get(0).samples().get(0));
    }

    private static Reading number(Sample sample) {
        return Double.isFinite(sample.value())
                ? new Value(sample.time(), sample.value(), OptionalLong.empty())
                : new NoData(Why.NOT_A_NUMBER, "the query gives " + sample.value());
    }
}
