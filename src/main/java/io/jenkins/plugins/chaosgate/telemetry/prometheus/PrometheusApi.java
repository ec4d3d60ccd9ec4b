package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The queries of Prometheus' HTTP API. No method blocks; a stage that fails does so with {@link NoAnswer}. */
public interface PrometheusApi {
    /** What the query gives now, by Prometheus' own clock. */
    CompletableFuture<Answer> query(String promql);

    /** What the query gives at that time. */
    CompletableFuture<Answer> query(String promql, Instant at);

    /** What the query gives at each step of a time; the answer is a matrix. */
    CompletableFuture<Answer> queryRange(String promql, Instant from, Instant to, Duration step);
}
