package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Throughput;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The experiment that tests of telemetry ask about: reviews v2 is the canary, ratings is hurt. */
final class Samples {
    static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    static final Workloads CANARY =
            new Workloads(Map.of("app", "reviews", "version", "v2"), List.of("reviews-v2"), List.of("reviews-v2-a"));
    static final Workloads STABLE =
            new Workloads(Map.of("app", "reviews", "version", "v1"), List.of("reviews-v1"), List.of("reviews-v1-a"));
    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Scope TO_RATINGS = new Scope(
            Map.of(),
            new ServiceName("ratings", "bookinfo"),
            OptionalInt.empty(),
            Map.of(),
            Percentage.ALL,
            OptionalInt.empty());
    static final Fault ABORT = new HttpAbort(TO_RATINGS, 500);
    static final Fault DELAY = new HttpDelay(TO_RATINGS, Duration.ofSeconds(1));
    static final InjectionPoint OUTBOUND = new InjectionPoint(CANARY, false);

    private Samples() {}

    static Window window(double from, double to) {
        return new Window(at(from), at(to));
    }

    static Instant at(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    static Judging atMost(double max) {
        return Judging.by(Bounds.atMost(max));
    }

    static FailedRequests failedRequests() {
        return new FailedRequests("failed requests", REVIEWS, Optional.empty(), MINUTE, atMost(10));
    }

    static ErrorRate errorRate(Optional<Arm> arm) {
        return new ErrorRate("error rate", REVIEWS, arm, MINUTE, atMost(0.01));
    }

    static Throughput throughput() {
        return new Throughput("throughput", REVIEWS, Optional.empty(), MINUTE, Judging.by(Bounds.atLeast(5)));
    }

    static Latency latency(double quantile, Judging judging) {
        return new Latency("latency", REVIEWS, Optional.empty(), quantile, MINUTE, judging);
    }

    static PromQl promQl(String query) {
        return new PromQl("queue", query, atMost(100));
    }

    static Scene scene(Workloads stable, int faults) {
        return new Scene(CANARY, stable, Set.of(REVIEWS), Collections.nCopies(faults, OUTBOUND));
    }

    static Experiment experiment(List<Fault> faults, Threshold... thresholds) {
        return new Experiment(
                "test",
                new Target("bookinfo", CANARY.labels(), Map.of()),
                Mechanism.ENVOY_FILTER,
                false,
                faults,
                List.of(thresholds),
                Watch.DEFAULT);
    }
}
