package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Prometheus answered to a query it accepted.
 *
 * @param warnings what it warns of; untrusted text, in its order
 * @param infos what it notes beside; untrusted text, in its order
 */
public record Answer(Result result, List<String> warnings, List<String> infos) {
    /** The four kinds of result. */
    public sealed interface Result {}

    /** A bare number. */
    public record Scalar(Sample sample) implements Result {}

    /** A string. */
    public record Text(String text) implements Result {}

    /** One sample of each series, at the time of evaluation. */
    public record Vector(List<Series> series) implements Result {
        public Vector {
            series = List.copyOf(series);
        }
    }

    /** Samples of each series over a time. */
    public record Matrix(List<Series> series) implements Result {
        public Matrix {
            series = List.copyOf(series);
        }
    }

    public Answer {
        Objects.requireNonNull(result, "result");
        warnings = List.copyOf(warnings);
        infos = List.copyOf(infos);
    }

    /**
     * A warning that says that series may be missing, as front ends such as Thanos give it. Those that speak of the query
     * itself begin with "PromQL" and are not meant.
     */
    public Optional<String> maybePartial() {
        return warnings.stream()
                .filter(warning -> !warning.startsWith("PromQL"))
                .findFirst();
    }
}
