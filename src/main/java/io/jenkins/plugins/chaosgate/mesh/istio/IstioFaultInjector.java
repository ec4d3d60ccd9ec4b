package io.jenkins.plugins.chaosgate.mesh.istio;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.MayStillComeException;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Routing;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import io.jenkins.plugins.chaosgate.mesh.canary.ClusterCanaryKeeper;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterClients;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Faults in an Istio mesh: EnvoyFilters of our own, or routes of ours in VirtualServices. */
public final class IstioFaultInjector implements FaultInjector, AutoCloseable {

    private final KubernetesClient client;
    private final Cluster cluster;
    private final Executor executor;
    private final ExtraMetadata extra;
    private final Landings landings;
    private final OwnObjects ownObjects;
    private final GuardJobs guards;
    private final LeaseLock locks;
    private final ChangeMaker routeEdits;
    private final CanaryKeeper canaryKeeper;

    /**
     * An injector for the cluster that the client speaks to; closing it closes the client.
     *
     * @param executor where the client's calls block, each for as long as its time-out; a few threads, that no gate waits on
     */
    public IstioFaultInjector(KubernetesClient client, Executor executor) {
        this(client, executor, System::nanoTime);
    }

    IstioFaultInjector(KubernetesClient client, Executor executor, LongSupplier nanoTime) {
        this(client, executor, nanoTime, ExtraMetadata.NONE);
    }

    IstioFaultInjector(KubernetesClient client, Executor executor, LongSupplier nanoTime, ExtraMetadata extra) {
        this(
                client,
                executor,
                nanoTime,
                extra,
                delay -> CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, executor));
    }

    IstioFaultInjector(
            KubernetesClient client,
            Executor executor,
            LongSupplier nanoTime,
            ExtraMetadata extra,
            Function<Duration, Executor> later) {
        this.client = client;
        this.extra = Objects.requireNonNull(extra, "extra");
        this.cluster = new Cluster(client);
        this.executor = Objects.requireNonNull(executor, "executor");
        this.landings = new Landings(nanoTime);
        this.ownObjects = new OwnObjects(cluster, landings);
        this.guards = new GuardJobs(cluster, ownObjects, executor, nanoTime, later);
        this.locks = new LeaseLock(cluster, ownObjects, extra, landings, executor, nanoTime, InstantSource.system());
        this.routeEdits = new RouteEdits(cluster, landings);
        this.canaryKeeper = new ClusterCanaryKeeper(cluster, executor);
    }

    /**
     * An injector for the cluster that a kubeconfig tells of. Asks the cluster nothing yet.
     *
     * @param extra what all objects that it makes carry beside our own labels
     * @throws IllegalArgumentException where the kubeconfig gives no credentials
     */
    public static IstioFaultInjector connect(Kubeconfig kubeconfig, Executor executor, ExtraMetadata extra) {
        return new IstioFaultInjector(ClusterClients.connect(kubeconfig), executor, System::nanoTime, extra);
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public CompletionStage<Optional<String>> identity() {
        return CompletableFuture.supplyAsync(() -> IdentityCheck.identity(cluster), executor);
    }

    @Override
    public CompletionStage<Plan> plan(Experiment experiment, GateTicket ticket) {
        return CompletableFuture.supplyAsync(() -> planNow(experiment, ticket), executor);
    }

    @Override
    public TargetLock lock() {
        return locks;
    }

    @Override
    public CompletionStage<Void> dryRun(Change change) {
        return CompletableFuture.runAsync(() -> maker(change).dryRun(change), executor);
    }

    @Override
    public CompletionStage<Void> inject(Change change) {
        CompletableFuture<Void> made = landings.ask(
                change.object(),
                () -> {
                    maker(change).inject(change);
                    return null;
                },
                executor);
        return GuardJobs.isGuard(change) ? made.thenCompose(done -> guards.awaitComplete(change)) : made;
    }

    @Override
    public CompletionStage<Boolean> prolong(Change guard) {
        return CompletableFuture.supplyAsync(() -> guards.prolong(guard), executor);
    }

    @Override
    public CompletionStage<Presence> look(Change change) {
        return CompletableFuture.supplyAsync(() -> maker(change).look(change), executor);
    }

    @Override
    public CompletionStage<Void> rollback(Change change) {
        // What waits behind calls that hang is not to come in once they end.
        landings.takeBack(change.object());
        return CompletableFuture.runAsync(() -> rollbackNow(change), executor);
    }

    private void rollbackNow(Change change) {
        // To be known before it is looked for: what comes in afterwards is not seen.
        Optional<Duration> doubt = landings.doubt(change.object());
        boolean wasIn = maker(change).rollback(change);
        if (wasIn) {
            landings.isCertain(change.object());
        }
        doubt.filter(left -> !wasIn || landings.isOpen(change.object())).ifPresent(left -> {
            throw new MayStillComeException(change.object(), left);
        });
    }

    @Override
    public List<String> undoCommands(Change change) {
        return maker(change).undoCommands(change);
    }

    @Override
    public CompletionStage<List<Leftover>> findLeftovers(Optional<String> namespace) {
        return CompletableFuture.supplyAsync(() -> new Leftovers(cluster).find(namespace), executor);
    }

    @Override
    public CompletionStage<Optional<String>> lookAtRouting(Routing before, Routing.Place place) {
        return CompletableFuture.supplyAsync(() -> new RoutingWatch(cluster).changed(before, place), executor);
    }

    @Override
    public CompletionStage<CanaryPods> lookAtPods(Target target, CanaryPods before) {
        return CompletableFuture.supplyAsync(() -> new CanaryPodsReader(cluster).read(target, before), executor);
    }

    @Override
    public CanaryKeeper canaryKeeper() {
        return canaryKeeper;
    }

    private ChangeMaker maker(Change change) {
        if (change.rollsCanaryBack()) {
            throw new IllegalArgumentException(change.object() + " rolls a canary back: it is no fault to take out");
        }
        return change.edits() ? routeEdits : ownObjects;
    }

    private Plan planNow(Experiment experiment, GateTicket ticket) {
        Findings findings = new Findings();
        if (cluster.trustsAnybody()) {
            findings.warning(
                    "cluster",
                    "the cluster's certificate is not verified (insecure-skip-tls-verify): whoever is in between can read"
                            + " the credentials and change what the gate sees and does; give the cluster's CA instead");
        }
        PermissionCheck permissions = new PermissionCheck(cluster, findings);
        IstioTypes types;
        try {
            types = IstioTypes.discover(cluster);
        } catch (ClusterException failure) {
            findings.error("cluster", failure.getMessage());
            return new Plan(findings.list(), Scene.UNKNOWN, List.of());
        }
        Planner.Result result = new Surveyor(cluster, permissions, findings)
                .read(experiment, types)
                .map(survey -> new Planner(experiment, ticket, survey, findings).plan())
                .orElse(Planner.Result.NONE);
        permissions.requireAll(NeededPermissions.of(experiment, types, result.changes()));
        ClockCheck.check(cluster, findings);
        IdentityCheck.check(cluster, findings);
        if (findings.stopTheGate()) {
            return new Plan(findings.list(), result.scene(), List.of());
        }
        Scene scene = result.scene().withRouting(routing(experiment, types, result, findings));
        return findings.stopTheGate()
                ? new Plan(findings.list(), scene, List.of())
                : new Plan(
                        findings.list(),
                        scene,
                        result.guard().map(extra::on),
                        result.changes().stream().map(extra::on).toList());
    }

    /** How calls are routed to all services that are hurt or judged, and to those that the canary is behind. */
    private Routing routing(Experiment experiment, IstioTypes types, Planner.Result result, Findings findings) {
        String domain = result.domain();
        Set<ServiceName> services = new HashSet<>(Surveyor.named(experiment));
        services.addAll(result.scene().canaryServices());
        Set<String> namespaces = new TreeSet<>(Set.of(experiment.target().namespace()));
        services.forEach(service -> namespaces.add(service.namespace()));
        try {
            return new RoutingWatch(cluster)
                    .read(
                            types,
                            services.stream()
                                    .map(service -> service.host(domain))
                                    .sorted()
                                    .toList(),
                            namespaces);
        } catch (ClusterException failure) {
            findings.error("cluster", failure.getMessage());
            return Routing.UNKNOWN;
        }
    }
}
