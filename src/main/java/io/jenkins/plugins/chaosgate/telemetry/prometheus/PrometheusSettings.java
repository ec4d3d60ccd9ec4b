package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;

/**
 * Which Prometheus is asked, and how patiently.
 *
 * @param base its address, http or https, maybe with a path before {@code /api/v1}; without user name, query, fragment
 * @param headers what every question carries beside
 * @param timeout how long one question may take, waiting for a free place and retries included
 * @param maxBytes how large an answer may be
 * @param maxConcurrent how many questions are under way at the same time
 */
public record PrometheusSettings(
        URI base, Credentials credentials, Headers headers, Duration timeout, int maxBytes, int maxConcurrent) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_MAX_BYTES = 32 << 20;
    private static final int DEFAULT_MAX_CONCURRENT = 6;

    public PrometheusSettings {
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(headers, "headers");
        base = checked(base);
        if (timeout.isNegative() || timeout.isZero() || maxBytes < 1 || maxConcurrent < 1) {
            throw new IllegalArgumentException("time-out, size and number of questions must be above zero");
        }
    }

    /** That address with the usual patience: 10 s, 32 MiB, 6 questions at a time. */
    public static PrometheusSettings of(URI base, Credentials credentials) {
        return new PrometheusSettings(
                base, credentials, Headers.NONE, DEFAULT_TIMEOUT, DEFAULT_MAX_BYTES, DEFAULT_MAX_CONCURRENT);
    }

    public PrometheusSettings withHeaders(Headers other) {
        return new PrometheusSettings(base, credentials, other, timeout, maxBytes, maxConcurrent);
    }

    public PrometheusSettings withTimeout(Duration other) {
        return new PrometheusSettings(base, credentials, headers, other, maxBytes, maxConcurrent);
    }

    public PrometheusSettings withMaxBytes(int other) {
        return new PrometheusSettings(base, credentials, headers, timeout, other, maxConcurrent);
    }

    /** The address of one of the API's paths: {@code query}. */
    URI api(String path) {
        return URI.create(base + "api/v1/" + path);
    }

    /** A request for that address with all that Prometheus, or what stands before it, wants to know of whoever asks. */
    HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        headers.values().forEach(request::header);
        credentials.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /** Ends with a slash. The address itself stays out of messages until it is known to hold no password. */
    private static URI checked(URI base) {
        if (base.getRawUserInfo() != null
                || (base.getHost() == null && base.toString().contains("@"))) {
            throw new IllegalArgumentException(
                    "the address of Prometheus must not hold a user name or password; give them as credentials");
        }
        String scheme = base.getScheme();
        if (base.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException(
                    "the address of Prometheus must be like https://prometheus.example:9090, not "
                            + Quote.of(base.toString()));
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("the address of Prometheus must end with its path, without ? or #");
        }
        return base.toString().endsWith("/") ? base : URI.create(base + "/");
    }
}
