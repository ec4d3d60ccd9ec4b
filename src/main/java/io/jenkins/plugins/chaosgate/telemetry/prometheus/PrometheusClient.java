package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Asks a Prometheus over HTTP. A question is sent as a form, may take the settings' time-out as a whole, and is sent
 * again twice at most where the connection broke or a proxy answered 502, 503 or 504: queries change nothing.
 */
public final class PrometheusClient implements PrometheusApi {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int RETRIES = 2;
    private static final Duration RETRY_DELAY = Duration.ofMillis(150);

    private final HttpClient http;
    private final PrometheusSettings settings;
    private final Lanes lanes;

    /**
     * @param http must not follow redirects: a redirect could carry the credentials to somebody else
     */
    public PrometheusClient(HttpClient http, PrometheusSettings settings) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.http = http;
        this.settings = settings;
        this.lanes = new Lanes(settings.maxConcurrent());
    }

    @Override
    public CompletableFuture<Answer> query(String promql) {
        return ask("query", form(promql));
    }

    @Override
    public CompletableFuture<Answer> query(String promql, Instant at) {
        Map<String, String> form = form(promql);
        form.put("time", seconds(at.toEpochMilli()));
        return ask("query", form);
    }

    @Override
    public CompletableFuture<Answer> queryRange(String promql, Instant from, Instant to, Duration step) {
        Map<String, String> form = form(promql);
        form.put("start", seconds(from.toEpochMilli()));
        form.put("end", seconds(to.toEpochMilli()));
        form.put("step", seconds(step.toMillis()));
        return ask("query_range", form);
    }

    /** Tells Prometheus, too, when nobody waits any longer, so that it does not compute in vain. */
    private Map<String, String> form(String promql) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", promql);
        form.put("timeout", settings.timeout().toMillis() + "ms");
        return form;
    }

    private CompletableFuture<Answer> ask(String path, Map<String, String> form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.api(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(encode(form)));
        settings.credentials().authorization().ifPresent(value -> request.header("Authorization", value));
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        return lanes.run(() -> attempt(request.build(), deadline, RETRIES));
    }

    private CompletableFuture<Answer> attempt(HttpRequest request, long deadline, int retries) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return CompletableFuture.failedFuture(timedOut(null));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, head -> new CappedBody(settings.maxBytes()));
        // The request's own time-out ends with the headers; this one holds for the body, too.
        CompletableFuture<HttpResponse<byte[]>> bounded = exchange.copy().orTimeout(left, TimeUnit.NANOSECONDS);
        return bounded.handle((response, failure) -> {
                    exchange.cancel(true);
                    boolean again = retries > 0
                            && isPassing(response, failure)
                            && deadline - System.nanoTime() > RETRY_DELAY.toNanos();
                    return again ? later(request, deadline, retries - 1) : finished(response, failure);
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Answer> later(HttpRequest request, long deadline, int retries) {
        return CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(waited -> attempt(request, deadline, retries));
    }

    /** Whether it may well work the next moment. */
    private static boolean isPassing(HttpResponse<byte[]> response, Throwable failure) {
        Throwable cause = NoAnswer.cause(failure);
        return failure == null
                ? PASSING.contains(response.statusCode())
                : cause instanceof IOException && !(cause instanceof SSLException);
    }

    private CompletableFuture<Answer> finished(HttpResponse<byte[]> response, Throwable failure) {
        if (failure != null) {
            return CompletableFuture.failedFuture(unreachable(NoAnswer.cause(failure)));
        }
        try {
            return CompletableFuture.completedFuture(AnswerReader.read(
                    response.statusCode(), response.headers().firstValue("Content-Encoding"), response.body()));
        } catch (NoAnswer noAnswer) {
            return CompletableFuture.failedFuture(noAnswer);
        }
    }

    private Throwable unreachable(Throwable failure) {
        if (failure instanceof NoAnswer) {
            return failure;
        }
        if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
            return timedOut(failure);
        }
        String kind = failure.getClass().getSimpleName();
        String said = failure.getMessage() == null ? kind : kind + ": " + Quote.line(failure.getMessage(), 160);
        return new NoAnswer(
                Why.UNAVAILABLE, "Prometheus at " + settings.base() + " cannot be reached: " + said, failure);
    }

    private NoAnswer timedOut(Throwable cause) {
        String detail = "Prometheus at " + settings.base() + " did not answer within "
                + settings.timeout().toMillis() + " ms";
        return new NoAnswer(Why.TIMED_OUT, detail, cause);
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** As Prometheus writes times: {@code 1700000000.250}. */
    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString();
    }
}
