package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Matrix;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Result;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Vector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusApi;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Prometheus in memory. Of a metric with a range it gives the samples of that range, of all the metric's series that
 * fulfil the selector's plain equalities; all other queries give what they were told to.
 */
final class FakePrometheus implements PrometheusApi {
    private static final Pattern RANGE = Pattern.compile("(\\w+)(\\{.*})?\\[(\\d+)ms]");
    private static final Pattern EQUALITY = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    final List<String> asked = new ArrayList<>();
    final Map<String, CompletableFuture<Answer>> told = new HashMap<>();
    private final List<Series> all = new ArrayList<>();
    Instant serverTime = Instant.EPOCH;

    /** A series of a metric; labels as {@code a=b,c=d}, then pairs of second and value. */
    FakePrometheus series(String metric, String labels, double... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String label : labels.split(";")) {
            map.put(label.split("=", 2)[0], label.split("=", 2)[1]);
        }
        map.put("__name__", metric);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            samples.add(new Sample(Math.round(pairs[i] * 1000), pairs[i + 1]));
        }
        all.add(new Series(map, samples));
        return this;
    }

    /** What a query gives; values become a vector. */
    FakePrometheus tell(String query, double... values) {
        List<Series> vector = new ArrayList<>();
        for (double value : values) {
            vector.add(new Series(Map.of(), List.of(new Sample(0, value))));
        }
        return tell(query, new Vector(vector));
    }

    FakePrometheus tell(String query, Result result, String... warnings) {
        told.put(query, CompletableFuture.completedFuture(new Answer(result, List.of(warnings), List.of())));
        return this;
    }

    FakePrometheus fail(String query, Why why, String detail) {
        told.put(query, CompletableFuture.failedFuture(new NoAnswer(why, detail)));
        return this;
    }

    @Override
    public CompletableFuture<Answer> query(String promql) {
        asked.add(promql);
        Answer time = new Answer(
                new Scalar(new Sample(serverTime.toEpochMilli(), serverTime.toEpochMilli() / 1000.0)),
                List.of(),
                List.of());
        return told.getOrDefault(promql, CompletableFuture.completedFuture(time));
    }

    @Override
    public CompletableFuture<Answer> query(String promql, Instant at) {
        asked.add(promql);
        if (told.containsKey(promql)) {
            return told.get(promql);
        }
        Matcher range = RANGE.matcher(promql);
        Result result = range.matches()
                ? new Matrix(range(range.group(1), range.group(2), at.toEpochMilli(), Long.parseLong(range.group(3))))
                : new Vector(List.of());
        return CompletableFuture.completedFuture(new Answer(result, List.of(), List.of()));
    }

    private List<Series> range(String metric, String matchers, long to, long millis) {
        Map<String, String> wanted = new HashMap<>(Map.of("__name__", metric));
        Matcher equality = EQUALITY.matcher(matchers == null ? "" : matchers);
        while (equality.find()) {
            wanted.put(equality.group(1), equality.group(2));
        }
        return all.stream()
                .filter(series -> series.labels().entrySet().containsAll(wanted.entrySet()))
                .map(series -> new Series(
                        series.labels(),
                        series.samples().stream()
                                .filter(sample -> sample.millis() <= to && sample.millis() > to - millis)
                                .toList()))
                .filter(series -> !series.samples().isEmpty())
                .toList();
    }

    @Override
    public CompletableFuture<Answer> queryRange(String promql, Instant from, Instant to, Duration step) {
        throw new UnsupportedOperationException("not needed here");
    }
}
