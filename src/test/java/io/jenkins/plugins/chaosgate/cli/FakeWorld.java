package io.jenkins.plugins.chaosgate.cli;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A mesh and a Prometheus in memory, in which time passes as fast as it is asked for. */
final class FakeWorld implements World, FaultInjector, MetricSource {

    final List<Finding> clusterFindings = new ArrayList<>(List.of(Finding.ok("permissions", "permissions")));
    final List<Finding> metricFindings = new ArrayList<>(List.of(Finding.ok("queries", "1 query")));
    final List<Leftover> leftovers = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    Optional<String> cannotList = Optional.empty();
    boolean rollbackFails;
    /** Whether what a gate asked for is there when it is looked at. */
    boolean isIn = true;
    /** Which cluster it says it is. */
    Optional<String> identity = Optional.empty();

    boolean blind;
    double valueUnderFault;
    boolean closed;
    ClusterAddress cluster;
    ExtraMetadata extra;
    PrometheusAddress prometheus;
    GateClock clock = new ImpatientClock();
    private volatile boolean faultIsIn;

    /** Runs on as soon as it is asked to wait. */
    private static final class ImpatientClock implements GateClock {

        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public synchronized Instant now() {
            return now;
        }

        @Override
        public synchronized CompletableFuture<Void> after(Duration delay) {
            now = now.plus(delay);
            return new CompletableFuture<Void>().completeAsync(() -> null);
        }
    }

    @Override
    public FaultInjector mesh(ClusterAddress address, ExtraMetadata metadata) {
        cluster = address;
        extra = metadata;
        return this;
    }

    @Override
    public MetricSource metrics(PrometheusAddress address, Experiment experiment) {
        prometheus = address;
        return this;
    }

    @Override
    public FileJournal journal(Path folder) {
        return new FileJournal(folder, Runnable::run, clock::now);
    }

    @Override
    public String nameOf(ClusterAddress address) {
        return "https://fake";
    }

    @Override
    public GateClock clock() {
        return clock;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public CompletionStage<Plan> plan(Experiment experiment, GateTicket ticket) {
        Workloads canary = new Workloads(experiment.target().canary(), List.of("reviews-v2"), List.of("reviews-1"));
        List<InjectionPoint> points = experiment.faults().stream()
                .map(fault -> new InjectionPoint(canary, false))
                .toList();
        List<Integer> all =
                IntStream.range(0, experiment.faults().size()).boxed().toList();
        Scene scene = new Scene(canary, Workloads.NONE, Set.of(), points);
        return completedFuture(new Plan(clusterFindings, scene, List.of(change(ticket.id(), all))));
    }

    static Change change(String gate, List<Integer> faults) {
        ObjectRef object =
                new ObjectRef("networking.istio.io/v1alpha3", "EnvoyFilter", "bookinfo", "chaos-gate-" + gate);
        return new Change(gate, object, false, "{\"kind\":\"EnvoyFilter\",\"metadata\":{\"name\":\"x\"}}", faults);
    }

    @Override
    public CompletionStage<Optional<String>> identity() {
        return completedFuture(identity);
    }

    @Override
    public CompletionStage<Boolean> prolong(Change guard) {
        return completedFuture(true);
    }

    @Override
    public TargetLock lock() {
        return TargetLock.NONE;
    }

    @Override
    public CompletionStage<Void> dryRun(Change change) {
        calls.add("dry run");
        return completedFuture(null);
    }

    @Override
    public CompletionStage<Void> inject(Change change) {
        calls.add("inject");
        faultIsIn = true;
        return completedFuture(null);
    }

    @Override
    public CompletionStage<Presence> look(Change change) {
        return completedFuture(isIn ? Presence.AS_MADE : new Presence(Presence.State.GONE, ""));
    }

    @Override
    public CompletionStage<Void> rollback(Change change) {
        calls.add("rollback");
        if (rollbackFails) {
            return failedFuture(new IllegalStateException("the cluster does not answer"));
        }
        faultIsIn = false;
        return completedFuture(null);
    }

    @Override
    public List<String> undoCommands(Change change) {
        return List.of(
                "kubectl -n bookinfo delete envoyfilter " + change.object().name());
    }

    @Override
    public CompletionStage<List<Leftover>> findLeftovers(Optional<String> namespace) {
        return cannotList.isPresent()
                ? failedFuture(new IllegalStateException(cannotList.get()))
                : completedFuture(leftovers.stream()
                        .filter(leftover -> namespace
                                .map(leftover.change().object().namespace()::equals)
                                .orElse(true))
                        .toList());
    }

    @Override
    public CompletionStage<List<Finding>> check(Experiment experiment, Scene scene) {
        return completedFuture(metricFindings);
    }

    @Override
    public CompletionStage<List<Reading>> read(List<Question> questions) {
        return completedFuture(questions.stream().map(this::answer).toList());
    }

    private Reading answer(Question question) {
        if (blind && question instanceof Question.ValueOf) {
            return new Reading.NoData(Reading.Why.NO_TRAFFIC, "no request in the window");
        }
        long requests = 20 + 10 * question.window().length().toSeconds();
        double value = !faultIsIn ? 0 : question instanceof Question.InjectedBy ? requests : valueUnderFault;
        if (question instanceof Question.HurtBeside) {
            return new Reading.Value(clock.now(), 0, OptionalLong.of(100));
        }
        if (question instanceof Question.InjectedBy) {
            return new Reading.Value(clock.now(), value, OptionalLong.of(requests));
        }
        long failed = Math.round(value);
        Counted counted = Counted.of(Count.of(failed, requests)).within(new FailedInAnyWindow(failed, failed));
        return new Reading.Value(clock.now(), value, OptionalLong.of(requests), Optional.of(counted));
    }

    /** The surroundings of a program in this world. */
    Surroundings surroundings(Map<String, String> environment, Streams streams) {
        return new Surroundings(environment, streams.out, streams.err, false, () -> this);
    }
}
