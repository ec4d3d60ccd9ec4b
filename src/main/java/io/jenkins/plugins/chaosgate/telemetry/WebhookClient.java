package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks checks of the user's own with a GET: 1 for an answer of 2xx, 0 for any other, redirects included. No answer is no
 * data. The answer's body is not read, and credentials are never sent.
 */
public final class WebhookClient {
    private final HttpClient http;
    private final Duration timeout;
    private final InstantSource clock;
    private final Function<URI, CompletionStage<Optional<String>>> doorkeeper;

    /**
     * A client that asks anywhere.
     *
     * @param http must not follow redirects
     * @param timeout how long one check may take
     */
    public WebhookClient(HttpClient http, Duration timeout, InstantSource clock) {
        this(http, timeout, clock, url -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * A client that asks where it is allowed to.
     *
     * @param http must not follow redirects
     * @param timeout how long one check may take, once it is allowed
     * @param doorkeeper says, before each request, why an address must not be asked; empty where it may be
     */
    public WebhookClient(
            HttpClient http,
            Duration timeout,
            InstantSource clock,
            Function<URI, CompletionStage<Optional<String>>> doorkeeper) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.http = http;
        this.timeout = timeout;
        this.clock = clock;
        this.doorkeeper = doorkeeper;
    }

    /** Never fails. */
    CompletableFuture<Reading> read(URI url) {
        if (url.getRawUserInfo() != null) {
            return CompletableFuture.completedFuture(
                    new NoData(Why.REFUSED, "the address of a webhook must not hold a user name or password"));
        }
        return doorkeeper
                .apply(url)
                .thenCompose(refusal -> refusal.isEmpty()
                        ? ask(url)
                        : CompletableFuture.completedFuture(new NoData(Why.REFUSED, refusal.get())))
                .toCompletableFuture();
    }

    private CompletableFuture<Reading> ask(URI url) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(url).GET().build();
        } catch (IllegalArgumentException unusable) {
            return CompletableFuture.completedFuture(new NoData(
                    Why.REFUSED, "expected an http or https address of a webhook, found " + Quote.of(shown(url))));
        }
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request, head -> new UnreadBody());
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    exchange.cancel(true);
                    return failure == null ? answered(response.statusCode()) : silent(url, failure);
                });
    }

    private Reading answered(int status) {
        boolean well = status >= 200 && status <= 299;
        return new Value(clock.instant(), well ? 1 : 0, OptionalLong.empty());
    }

    private Reading silent(URI url, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return new NoData(Why.TIMED_OUT, shown(url) + " did not answer within " + timeout.toMillis() + " ms");
        }
        return new NoData(
                Why.UNAVAILABLE,
                shown(url) + " cannot be reached: " + cause.getClass().getSimpleName());
    }

    /** Where it is, without its query, in which people put tokens. */
    private static String shown(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return Quote.line(url.getScheme() + "://" + url.getHost() + port + path, 160);
    }
}
