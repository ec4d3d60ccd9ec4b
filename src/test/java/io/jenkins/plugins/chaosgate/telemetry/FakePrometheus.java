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
 * fulfil the selector; without a range, those that have not ended; {@code count} of these is understood, too; all other queries
 * give what they were told to. A value that is no number ends a series until its next sample.
 */
public final class FakePrometheus implements PrometheusApi {
    private static final Pattern RANGE = Pattern.compile("(\\w+)(\\{.*})?(?:\\[(\\d+)ms])?");
    private static final Pattern COUNT = Pattern.compile("count\\((\\w+)(\\{.*})?\\)");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"((?:[^\"\\\\]|\\\\.)*)\"");

    public final List<String> asked = new ArrayList<>();
    final Map<String, CompletableFuture<Answer>> told = new HashMap<>();
    private final List<Series> all = new ArrayList<>();
    /** By how many milliseconds samples of a series come late; in the order of the series. */
    private final List<Long> lateness = new ArrayList<>();
    /** The time at which it is asked: what comes later is not there yet. */
    Instant now = Instant.MAX;

    /** What it says the time is. */
    public Instant serverTime = Instant.EPOCH;

    /** As {@link #series}, but each sample can be seen only so many seconds after its time. */
    FakePrometheus late(int seconds, String metric, String labels, double... pairs) {
        series(metric, labels, pairs);
        lateness.set(lateness.size() - 1, seconds * 1000L);
        return this;
    }

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
        lateness.add(0L);
        return this;
    }

    /** One more sample of a series, which begins with it where it is not there yet. */
    public void sample(String metric, Map<String, String> labels, Instant at, double value) {
        Map<String, String> named = new LinkedHashMap<>(labels);
        named.put("__name__", metric);
        Sample sample = new Sample(at.toEpochMilli(), value);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).labels().equals(named)) {
                List<Sample> samples = new ArrayList<>(all.get(i).samples());
                samples.add(sample);
                all.set(i, new Series(named, samples));
                return;
            }
        }
        all.add(new Series(named, List.of(sample)));
        lateness.add(0L);
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
        return CompletableFuture.completedFuture(new Answer(result(promql, at.toEpochMilli()), List.of(), List.of()));
    }

    private Result result(String promql, long to) {
        Matcher count = COUNT.matcher(promql);
        if (count.matches()) {
            List<Series> counted = last(count.group(1), count.group(2), to);
            return new Vector(
                    counted.isEmpty()
                            ? List.of()
                            : List.of(new Series(Map.of(), List.of(new Sample(to, counted.size())))));
        }
        Matcher range = RANGE.matcher(promql);
        if (!range.matches()) {
            return new Vector(List.of());
        }
        return range.group(3) == null
                ? new Vector(last(range.group(1), range.group(2), to))
                : new Matrix(range(range.group(1), range.group(2), to, Long.parseLong(range.group(3))));
    }

    private List<Series> last(String metric, String matchers, long to) {
        return seen(metric, matchers, to, 300_000).stream()
                .filter(series -> !Double.isNaN(last(series).value()))
                .map(series -> new Series(series.labels(), List.of(last(series))))
                .toList();
    }

    private static Sample last(Series series) {
        return series.samples().get(series.samples().size() - 1);
    }

    /** Whether samples are still to come of a series that seems to have ended, or never to have begun. */
    boolean hidesSeries(Instant at) {
        for (int i = 0; i < all.size(); i++) {
            long late = lateness.get(i);
            List<Sample> until = all.get(i).samples().stream()
                    .filter(sample -> sample.millis() <= at.toEpochMilli())
                    .toList();
            List<Sample> shown = until.stream()
                    .filter(sample -> sample.millis() + late <= at.toEpochMilli())
                    .toList();
            boolean over =
                    shown.isEmpty() || Double.isNaN(shown.get(shown.size() - 1).value());
            boolean more = until.stream().skip(shown.size()).anyMatch(sample -> !Double.isNaN(sample.value()));
            if (over && more) {
                return true;
            }
        }
        return false;
    }

    private List<Series> range(String metric, String matchers, long to, long millis) {
        return seen(metric, matchers, to, millis).stream()
                .map(series -> new Series(
                        series.labels(),
                        series.samples().stream()
                                .filter(sample -> !Double.isNaN(sample.value()))
                                .toList()))
                .filter(series -> !series.samples().isEmpty())
                .toList();
    }

    private List<Series> seen(String metric, String matchers, long to, long millis) {
        List<Series> seen = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Series series = all.get(i);
            long shown = Math.min(to, now.equals(Instant.MAX) ? to : now.toEpochMilli() - lateness.get(i));
            List<Sample> samples = series.samples().stream()
                    .filter(sample -> sample.millis() <= shown && sample.millis() > to - millis)
                    .toList();
            if (metric.equals(series.labels().get("__name__"))
                    && fulfils(series.labels(), matchers == null ? "" : matchers)
                    && !samples.isEmpty()) {
                seen.add(new Series(series.labels(), samples));
            }
        }
        return seen;
    }

    private static boolean fulfils(Map<String, String> labels, String matchers) {
        return MATCHER.matcher(matchers).results().allMatch(matcher -> {
            String value = labels.getOrDefault(matcher.group(1), "");
            String wanted = matcher.group(3).replace("\\\\", "\\").replace("\\\"", "\"");
            return switch (matcher.group(2)) {
                case "=~" -> value.matches(wanted);
                case "!~" -> !value.matches(wanted);
                case "!=" -> !value.equals(wanted);
                default -> value.equals(wanted);
            };
        });
    }

    @Override
    public CompletableFuture<Answer> queryRange(String promql, Instant from, Instant to, Duration step) {
        throw new UnsupportedOperationException("not needed here");
    }
}
