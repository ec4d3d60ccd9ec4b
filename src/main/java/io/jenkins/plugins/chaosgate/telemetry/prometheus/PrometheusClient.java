package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Asks a Prometheus over HTTP. A question is sent as a form, may take the settings' time-out as a whole, and is sent
 * again twice at most where the connection broke or a proxy answered 502, 503 or 504: queries change nothing. Where a front
 * end takes no POST (405, or 403) the question is put in the address instead.
 */
public final class PrometheusClient implements PrometheusApi {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    /** What a front end answers that lets nobody but readers pass, and takes a POST for a change. */
    private static final Set<Integer> NO_POST = Set.of(403, 405);

    private static final int RETRIES = 2;
    private static final Duration RETRY_DELAY = Duration.ofMillis(150);

    private final HttpClient http;
    private final PrometheusSettings settings;
    private final Lanes lanes;
    private volatile boolean takesNoPost;

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
        // VictoriaMetrics answers of half a minute ago otherwise; others don't know the word.
        form.put("nocache", "1");
        return form;
    }

    private CompletableFuture<Answer> ask(String path, Map<String, String> form) {
        Question question = new Question(settings.api(path), encode(form));
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        return lanes.run(() -> attempt(question, takesNoPost, deadline, RETRIES));
    }

    /** A path of the API and the fields of its form. */
    private record Question(URI path, String form) {}

    private HttpRequest request(Question question, boolean byGet) {
        return byGet
                ? settings.request(URI.create(question.path() + "?" + question.form()))
                        .build()
                : settings.request(question.path())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(question.form()))
                        .build();
    }

    private CompletableFuture<Answer> attempt(Question question, boolean byGet, long deadline, int retries) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return CompletableFuture.failedFuture(timedOut(null));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request(question, byGet), head -> new CappedBody(settings.maxBytes()));
        // The request's own time-out ends with the headers; this one holds for the body, too.
        CompletableFuture<HttpResponse<byte[]>> bounded = exchange.copy().orTimeout(left, TimeUnit.NANOSECONDS);
        return bounded.handle((response, failure) -> {
                    exchange.cancel(true);
                    if (failure == null && !byGet && NO_POST.contains(response.statusCode())) {
                        return attempt(question, true, deadline, retries);
                    }
                    takesNoPost |= failure == null && byGet && response.statusCode() == 200;
                    boolean again = retries > 0
                            && isPassing(response, failure)
                            && deadline - System.nanoTime() > RETRY_DELAY.toNanos();
                    return again ? later(question, byGet, deadline, retries - 1) : finished(response, failure);
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Answer> later(Question question, boolean byGet, long deadline, int retries) {
        return CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(waited -> attempt(question, byGet, deadline, retries));
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
            Optional<String> elsewhere = response.headers()
                    .firstValue("Location")
                    .filter(location -> response.statusCode() / 100 == 3)
                    .flatMap(this::elsewhere);
            if (elsewhere.isPresent()) {
                throw new NoAnswer(
                        Why.UNAVAILABLE,
                        "expected an answer from Prometheus, found HTTP " + response.statusCode()
                                + ", a redirect to another host, " + Quote.of(elsewhere.get())
                                + ", which looks like a log-in page: redirects are not followed; give credentials or"
                                + " headers that pass without, or an address behind the log-in");
            }
            return CompletableFuture.completedFuture(AnswerReader.read(
                    response.statusCode(), response.headers().firstValue("Content-Encoding"), response.body()));
        } catch (NoAnswer noAnswer) {
            return CompletableFuture.failedFuture(noAnswer);
        }
    }

    /** The host of a redirect that leads to another one than was asked; what else it says may be a secret. */
    private Optional<String> elsewhere(String location) {
        try {
            URI to = settings.base().resolve(location.strip());
            return Optional.ofNullable(to.getHost())
                    .filter(host -> !host.equalsIgnoreCase(settings.base().getHost()));
        } catch (IllegalArgumentException noAddress) {
            // Not lost: the status itself is said instead.
            return Optional.empty();
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
