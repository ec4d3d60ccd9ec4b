package io.jenkins.plugins.chaosgate.pipeline;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.FakeCanary;
import io.jenkins.plugins.chaosgate.gate.FakeMesh;
import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One cluster for many gates at once: a mesh in memory for each. */
final class FakeMeshes implements FaultInjector {

    private final FakeWorld world;
    private final Map<String, FakeMesh> byGate = new HashMap<>();
    private final Map<String, Experiment> experiments = new HashMap<>();
    private final Map<Experiment, FakeMesh> planned = new IdentityHashMap<>();

    private final FakeCanary canary = new FakeCanary(FakeWorld.NOW);

    private boolean mayGoOn;

    FakeMeshes(FakeWorld world) {
        this.world = world;
        canary.settles = Duration.ZERO;
    }

    /** Whether the canary went back to the revision before. */
    boolean isRolledBack() {
        return canary.isBack();
    }

    @Override
    public CanaryKeeper canaryKeeper() {
        return canary;
    }

    /** From now on an experiment may be one that a gate of an earlier Jenkins began. */
    synchronized void mayGoOn() {
        mayGoOn = true;
    }

    @Override
    public TargetLock lock() {
        return TargetLock.NONE;
    }

    /** The mesh whose canary is measured: the one that this experiment will hurt, or hurts already. */
    synchronized FakeMesh forMetrics(Experiment experiment) {
        return experiments.entrySet().stream()
                .filter(entry -> mayGoOn)
                .filter(entry -> entry.getValue().equals(experiment))
                .map(entry -> byGate.get(entry.getKey()))
                .filter(FakeMesh::hurts)
                .findFirst()
                .orElseGet(() -> planned.computeIfAbsent(experiment, key -> create()));
    }

    private FakeMesh create() {
        FakeMesh mesh = new FakeMesh(FakeWorld.NOW);
        mesh.misbehave = call -> world.misbehave.apply(call);
        return mesh;
    }

    synchronized long hurting() {
        return byGate.values().stream().filter(FakeMesh::hurts).count();
    }

    synchronized List<String> calls() {
        List<String> all = new ArrayList<>();
        byGate.values().forEach(mesh -> all.addAll(mesh.calls));
        return all;
    }

    private synchronized <T> T in(String gate, Function<FakeMesh, T> call) {
        return call.apply(byGate.computeIfAbsent(gate, key -> create()));
    }

    @Override
    public synchronized CompletionStage<Plan> plan(Experiment experiment, GateTicket ticket) {
        FakeMesh mesh = planned.remove(experiment);
        byGate.put(ticket.id(), mesh == null ? create() : mesh);
        experiments.put(ticket.id(), experiment);
        return byGate.get(ticket.id()).plan(experiment, ticket);
    }

    @Override
    public CompletionStage<Void> dryRun(Change change) {
        return in(change.gate(), mesh -> mesh.dryRun(change));
    }

    @Override
    public CompletionStage<Void> inject(Change change) {
        return in(change.gate(), mesh -> mesh.inject(change));
    }

    @Override
    public CompletionStage<Boolean> prolong(Change guard) {
        return in(guard.gate(), mesh -> mesh.prolong(guard));
    }

    @Override
    public CompletionStage<Presence> look(Change change) {
        return in(change.gate(), mesh -> mesh.look(change));
    }

    @Override
    public CompletionStage<Void> rollback(Change change) {
        return in(change.gate(), mesh -> mesh.rollback(change));
    }

    @Override
    public List<String> undoCommands(Change change) {
        return in(change.gate(), mesh -> mesh.undoCommands(change));
    }

    @Override
    public CompletionStage<List<Leftover>> findLeftovers(Optional<String> namespace) {
        return CompletableFuture.completedFuture(List.of());
    }
}
