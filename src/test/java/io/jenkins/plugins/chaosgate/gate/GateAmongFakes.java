package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** One gate in a mesh, before a Prometheus and on a clock that are all fakes: what the tests of its life begin with. */
abstract class GateAmongFakes {

    static final Watch WATCH = new Watch(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20));

    final VirtualClock clock = new VirtualClock();
    final FakeMesh mesh = new FakeMesh(clock);
    final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    final FakeJournal journal = new FakeJournal(clock);
    Experiment experiment;
    GateHistory history;
    Gate gate;

    @BeforeEach
    void anExperiment() {
        experiment = experiment(Judging.by(Bounds.atMost(10)), true);
    }

    static Experiment experiment(Judging judging, boolean withFault) {
        Scope scope = new Scope(
                Map.of(),
                new ServiceName("ratings", "bookinfo"),
                OptionalInt.empty(),
                Map.of(),
                Percentage.ALL,
                OptionalInt.empty());
        List<Fault> faults = withFault ? List.of(new HttpAbort(scope, 500)) : List.of();
        return new Experiment(
                "talk",
                new Target("bookinfo", Map.of("app", "reviews", "version", "v2"), Map.of()),
                Mechanism.ENVOY_FILTER,
                false,
                faults,
                List.of(new FailedRequests(
                        "failed requests of reviews",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        judging)),
                WATCH);
    }

    CompletableFuture<Verdict> start() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        history = new GateHistory(ticket, experiment);
        gate = new Gate(experiment, ticket, mesh, metrics, clock, history, journal);
        return gate.run().toCompletableFuture();
    }

    Verdict run() {
        return clock.turnUntil(start());
    }

    static <T> CompletableFuture<T> failure(String message) {
        return CompletableFuture.failedFuture(new IllegalStateException(message));
    }

    List<PhaseName> phases() {
        return history.snapshot().phases().stream()
                .map(GateSnapshot.PhaseSpan::name)
                .toList();
    }
}
