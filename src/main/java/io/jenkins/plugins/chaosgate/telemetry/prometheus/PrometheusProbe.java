package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Looks whether there is a Prometheus at an address that takes questions, and which version it is. */
public final class PrometheusProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 << 10;
    private static final int LONGEST_VERSION = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final PrometheusSettings settings;

    /**
     * @param http must not follow redirects
     */
    public PrometheusProbe(HttpClient http, PrometheusSettings settings) {
        this.http = http;
        this.settings = settings.withTimeout(TIMEOUT).withMaxBytes(MAX_BYTES);
    }

    /** What was found. Never fails; takes ten seconds at most. */
    public CompletableFuture<List<Finding>> look() {
        return new PrometheusClient(http, settings)
                .query("vector(1)")
                .thenCompose(answer -> version())
                .thenApply(version -> List.of(Finding.ok("prometheus", "answers questions; " + words(version))))
                .exceptionally(failure -> List.of(Finding.noEvidence("prometheus", said(failure))));
    }

    private static String words(Optional<String> version) {
        return version.map(number -> "version " + Quote.line(number, LONGEST_VERSION))
                .orElse("it does not say its version");
    }

    private static String said(Throwable failure) {
        Throwable cause = NoAnswer.cause(failure);
        return cause instanceof NoAnswer known ? known.getMessage() : Quote.line(String.valueOf(cause), 160);
    }

    /** Empty where it does not tell: what speaks Prometheus' language is not always a Prometheus. */
    private CompletableFuture<Optional<String>> version() {
        HttpRequest request = settings.request(settings.api("status/buildinfo")).build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, head -> new CappedBody(settings.maxBytes()));
        return exchange.copy()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    exchange.cancel(true);
                    return failure == null ? version(response.body()) : Optional.empty();
                });
    }

    private static Optional<String> version(byte[] body) {
        try {
            JsonNode version = JSON.readTree(body).path("data").path("version");
            return version.isTextual() ? Optional.of(version.asText()) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
