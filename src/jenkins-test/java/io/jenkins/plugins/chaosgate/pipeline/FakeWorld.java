package io.jenkins.plugins.chaosgate.pipeline;

import hudson.ExtensionList;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.FakeMesh;
import io.jenkins.plugins.chaosgate.gate.FakeMetrics;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.pipeline.target.ChaosGateConfiguration;
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget;
import io.jenkins.plugins.chaosgate.pipeline.target.Connection;
import io.jenkins.plugins.chaosgate.pipeline.target.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Clusters in memory, one for each target; they outlive a restart of the Jenkins under test, as real ones do. */
public final class FakeWorld {

    /** The machine's time; nothing of a fake waits. */
    static final GateClock NOW = new GateClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public CompletableFuture<Void> after(Duration delay) {
            throw new UnsupportedOperationException("a fake cluster waits for nothing");
        }
    };

    private static final Map<String, FakeWorld> WORLDS = new ConcurrentHashMap<>();

    private final FakeMeshes meshes = new FakeMeshes(this);
    private volatile double failuresUnderFault;
    private volatile boolean traffic = true;
    /** What a call to the cluster answers instead; null: as usual. */
    volatile Function<String, CompletionStage<?>> misbehave = call -> null;

    /** A target of that name, set up in this Jenkins, with a healthy canary in a new cluster. */
    public static FakeWorld target(String name) {
        FakeWorld world = new FakeWorld();
        WORLDS.put(name, world);
        connect();
        ClusterTarget target = new ClusterTarget(name);
        target.setNamespaces(List.of("bookinfo"));
        target.setUnguardedAllowed(true);
        target.setCanaryRollbackAllowed(true);
        ChaosGateConfiguration configuration = ChaosGateConfiguration.get();
        List<ClusterTarget> targets = new ArrayList<>(configuration.getTargets());
        targets.removeIf(old -> old.getName().equals(name));
        targets.add(target);
        configuration.setTargets(targets);
        return world;
    }

    /** To be called in a Jenkins that follows on another one: its gates may go on with faults that are in. */
    public static void reconnect() {
        WORLDS.values().forEach(world -> world.meshes.mayGoOn());
        connect();
    }

    private static void connect() {
        ExtensionList<ConnectionFactory> factories = ExtensionList.lookup(ConnectionFactory.class);
        if (factories.get(Factory.class) == null) {
            factories.add(0, new Factory());
        }
    }

    /** A canary that fails with its dependency. */
    public FakeWorld breaksUnderFault() {
        failuresUnderFault = 10;
        return this;
    }

    /** A canary that nobody calls. */
    public FakeWorld withoutTraffic() {
        traffic = false;
        return this;
    }

    /** Whether a fault of any gate is in. */
    public boolean hurts() {
        return meshes.hurting() > 0;
    }

    /** How many gates have their fault in. */
    public long hurting() {
        return meshes.hurting();
    }

    /** Whether a gate has rolled the canary itself back. */
    public boolean isRolledBack() {
        return meshes.isRolledBack();
    }

    /** What was asked of the cluster, by all gates. */
    public List<String> calls() {
        return meshes.calls();
    }

    FaultInjector mesh() {
        return meshes;
    }

    MetricSource metrics(Experiment experiment) {
        FakeMesh mesh = meshes.forMetrics(experiment);
        FakeMetrics metrics = new FakeMetrics(NOW, mesh);
        metrics.failuresPerSecond = hurt -> hurt ? failuresUnderFault : 0.0;
        if (!traffic) {
            metrics.instead = question -> new Reading.NoData(Reading.Why.NO_TRAFFIC, "no request");
        }
        return metrics;
    }

    /** Connects every target to its fake. */
    private static final class Factory extends ConnectionFactory {

        @Override
        public Optional<Connection> connect(ClusterTarget target) {
            return Optional.ofNullable(WORLDS.get(target.getName())).map(FakeConnection::new);
        }
    }

    private record FakeConnection(FakeWorld world) implements Connection {

        @Override
        public FaultInjector mesh() {
            return world.mesh();
        }

        @Override
        public MetricSource metrics(Experiment experiment) {
            return world.metrics(experiment);
        }

        @Override
        public void close() {
            // A cluster in memory has nothing to let go of.
        }
    }
}
