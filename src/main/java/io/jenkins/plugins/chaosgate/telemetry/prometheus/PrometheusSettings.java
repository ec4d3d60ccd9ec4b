package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Which Prometheus is asked, and how patiently.
 *
 * @param base its address, http or https, maybe with a path before {@code /api/v1}; without user name, query, fragment
 * @param timeout how long one question may take, waiting for a free place and retries included
 * @param maxBytes how large an answer may be
 * @param maxConcurrent how many questions are under way at the same time
 */
public record PrometheusSettings(URI base, Credentials credentials, Duration timeout, int maxBytes, int maxConcurrent) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_MAX_BYTES = 32 << 20;
    private static final int DEFAULT_MAX_CONCURRENT = 6;

    public PrometheusSettings {
        Objects.requireNonNull(credentials, "credentials");
        base = checked(base);
        if (timeout.isNegative() || timeout.isZero() || maxBytes < 1 || maxConcurrent < 1) {
            throw new IllegalArgumentException("time-out, size and number of questions must be above zero");
        }
    }

    /** That address with the usual patience: 10 s, 32 MiB, 6 questions at a time. */
    public static PrometheusSettings of(URI base, Credentials credentials) {
        return new PrometheusSettings(base, credentials, DEFAULT_TIMEOUT, DEFAULT_MAX_BYTES, DEFAULT_MAX_CONCURRENT);
    }

    public PrometheusSettings withTimeout(Duration other) {
        return new PrometheusSettings(base, credentials, other, maxBytes, maxConcurrent);
    }

    public PrometheusSettings withMaxBytes(int other) {
        return new PrometheusSettings(base, credentials, timeout, other, maxConcurrent);
    }

    /** The address of one of the API's paths: {@code query}. */
    URI api(String path) {
        return URI.create(base + "api/v1/" + path);
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
