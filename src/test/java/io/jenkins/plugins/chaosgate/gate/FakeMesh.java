package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Routing;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** A mesh in memory, with the cluster's own keeping of guards and what they own, that can be told to misbehave. */
public final class FakeMesh implements FaultInjector {

    /** What the cluster holds. */
    public final Set<ObjectRef> objects = new HashSet<>();

    public final List<Finding> findings = new ArrayList<>();
    /** What somebody changed in the routing, once a fault is in; empty where nobody did. */
    public Optional<String> routingChanged = Optional.empty();
    /** Where that is, by the time for which a fault was in. */
    public BiPredicate<Routing.Place, Duration> routingChangedFor =
            (place, in) -> place.kind().equals("DestinationRule");
    /** What is found of other gates. */
    public List<Leftover> leftovers = List.of();

    public final List<String> calls = new ArrayList<>();
    public int changesPerGate = 1;
    /** Decides for a call ("dryRun", "inject", "look", "rollback", the same with "Guard" behind it, "prolong") what it answers; null: as usual. */
    public Function<String, CompletionStage<?>> misbehave = call -> null;
    /** Whether an inject that fails has had its effect all the same. */
    public boolean effectDespiteFailure;
    /** When somebody else removes our objects. */
    public Optional<Instant> removedByOthersAt = Optional.empty();
    /** When somebody else removes the guard. */
    public Optional<Instant> guardRemovedByOthersAt = Optional.empty();
    /** Until when the guard stays, and all it owns; empty where none is in. */
    public Optional<Instant> guardedUntil = Optional.empty();
    /** The canary's pods at a time; none, unless told otherwise. */
    public Function<Instant, CanaryPods> pods = time -> CanaryPods.NONE;
    /** What rolls canaries of this cluster back. */
    public CanaryKeeper canary = CanaryKeeper.NONE;
    /** Which cluster it says it is. */
    public Optional<String> identity = Optional.empty();
    /** Whether the proxies go on hurting after the objects are gone. */
    public boolean controlPlaneAway;

    private static final Routing ROUTING = new Routing(
            List.of("ratings"),
            List.of(
                    new Routing.Place("networking.istio.io/v1", "VirtualService", "bookinfo"),
                    new Routing.Place("networking.istio.io/v1", "DestinationRule", "bookinfo")),
            List.of());

    /** Keeps nobody off, unless told otherwise. */
    public TargetLock lock = TargetLock.NONE;

    private final GateClock clock;
    private Optional<Instant> firstIn = Optional.empty();
    private Optional<Instant> lastOut = Optional.empty();

    public FakeMesh(GateClock clock) {
        this.clock = clock;
    }

    /** Whether requests are hurt now. */
    public boolean hurts() {
        applyOthers();
        return !objects.isEmpty() || controlPlaneAway && firstIn.isPresent();
    }

    /** For how long anything of ours was in; zero where it never was. */
    public Duration timeIn() {
        applyOthers();
        return firstIn.map(in -> Duration.between(in, objects.isEmpty() ? lastOut.orElse(in) : clock.now()))
                .orElse(Duration.ZERO);
    }

    private void applyOthers() {
        boolean guardRemoved =
                guardRemovedByOthersAt.map(at -> !clock.now().isBefore(at)).orElse(false);
        if (guardedUntil.isPresent() && (guardRemoved || !clock.now().isBefore(guardedUntil.get()))) {
            lastOut = objects.isEmpty() ? lastOut : guardRemoved ? guardRemovedByOthersAt : guardedUntil;
            guardedUntil = Optional.empty();
            objects.clear();
        }
        if (removedByOthersAt.isPresent() && !clock.now().isBefore(removedByOthersAt.get())) {
            objects.clear();
        }
    }

    @SuppressWarnings("unchecked")
    private <T> CompletionStage<T> call(String name, T answer) {
        calls.add(name);
        CompletionStage<?> other = misbehave.apply(name);
        return other == null ? CompletableFuture.completedFuture(answer) : (CompletionStage<T>) other;
    }

    @Override
    public CompletionStage<Plan> plan(Experiment experiment, GateTicket ticket) {
        Workloads canary =
                new Workloads(experiment.target().canary(), List.of("reviews-v2"), List.of("reviews-v2-abc"));
        Workloads stable = new Workloads(Map.of(), List.of("reviews-v1"), List.of("reviews-v1-abc"));
        List<InjectionPoint> points = experiment.faults().stream()
                .map(fault -> new InjectionPoint(canary, false))
                .toList();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < (experiment.isControlRun() ? 0 : changesPerGate); i++) {
            changes.add(new Change(
                    ticket.id(),
                    new ObjectRef(
                            "networking.istio.io/v1alpha3",
                            "EnvoyFilter",
                            experiment.target().namespace(),
                            "chaos-gate-" + ticket.id() + "-" + i),
                    false,
                    "{}",
                    i == 0 ? List.of(0) : List.of()));
        }
        return call(
                "plan",
                new Plan(
                        findings,
                        new Scene(canary, stable, Set.of(new ServiceName("reviews", "bookinfo")), points, ROUTING)
                                .withPods(pods.apply(clock.now())),
                        experiment.isGuarded() ? Optional.of(guard(experiment, ticket)) : Optional.empty(),
                        changes));
    }

    private static Change guard(Experiment experiment, GateTicket ticket) {
        ObjectRef job = new ObjectRef("batch/v1", "Job", experiment.target().namespace(), "chaos-gate-" + ticket.id());
        return new Change(ticket.id(), job, false, experiment.guard().lease().toString(), List.of());
    }

    private static boolean isGuard(Change change) {
        return change.object().kind().equals("Job");
    }

    private static Duration lease(Change guard) {
        return Duration.parse(guard.body());
    }

    private static boolean succeeds(CompletionStage<?> answer) {
        return answer.toCompletableFuture().isDone()
                && !answer.toCompletableFuture().isCompletedExceptionally();
    }

    @Override
    public TargetLock lock() {
        return lock;
    }

    @Override
    public CompletionStage<Void> dryRun(Change change) {
        return call(isGuard(change) ? "dryRunGuard" : "dryRun", null);
    }

    @Override
    public CompletionStage<Boolean> prolong(Change guard) {
        applyOthers();
        CompletionStage<Boolean> answer = call("prolong", guardedUntil.isPresent());
        if (succeeds(answer) && guardedUntil.isPresent()) {
            guardedUntil = Optional.of(clock.now().plus(lease(guard)));
        }
        return answer;
    }

    @Override
    public CompletionStage<Void> inject(Change change) {
        if (isGuard(change)) {
            return injectGuard(change);
        }
        CompletionStage<Void> answer = call("inject", null);
        if (succeeds(answer) || effectDespiteFailure) {
            objects.add(change.object());
            firstIn = firstIn.or(() -> Optional.of(clock.now()));
        }
        return answer;
    }

    private CompletionStage<Void> injectGuard(Change guard) {
        CompletionStage<Void> answer = call("injectGuard", null);
        if (succeeds(answer) || effectDespiteFailure) {
            guardedUntil = Optional.of(clock.now().plus(lease(guard)));
        }
        return answer;
    }

    @Override
    public CompletionStage<Presence> look(Change change) {
        applyOthers();
        boolean isThere = isGuard(change) ? guardedUntil.isPresent() : objects.contains(change.object());
        return call("look", isThere ? Presence.AS_MADE : new Presence(Presence.State.GONE, "deleted by flagger"));
    }

    @Override
    public CompletionStage<Optional<String>> lookAtRouting(Routing before, Routing.Place place) {
        boolean seen = hurts() && routingChangedFor.test(place, timeIn());
        return CompletableFuture.completedFuture(seen ? routingChanged : Optional.empty());
    }

    @Override
    public CompletionStage<CanaryPods> lookAtPods(Target target, CanaryPods before) {
        return call("pods", pods.apply(clock.now()));
    }

    @Override
    public CompletionStage<Void> rollback(Change change) {
        if (isGuard(change)) {
            return rollbackGuard();
        }
        if (change.object().kind().equals("Lease")) {
            return call("rollbackLock", null);
        }
        CompletionStage<Void> answer = call("rollback", null);
        if (succeeds(answer)) {
            objects.remove(change.object());
            lastOut = Optional.of(clock.now());
        }
        return answer;
    }

    private CompletionStage<Void> rollbackGuard() {
        CompletionStage<Void> answer = call("rollbackGuard", null);
        if (succeeds(answer) && guardedUntil.isPresent()) {
            guardedUntil = Optional.empty();
            lastOut = objects.isEmpty() ? lastOut : Optional.of(clock.now());
            objects.clear();
        }
        return answer;
    }

    @Override
    public CompletionStage<Optional<String>> identity() {
        return CompletableFuture.completedFuture(identity);
    }

    @Override
    public CanaryKeeper canaryKeeper() {
        return canary;
    }

    @Override
    public List<String> undoCommands(Change change) {
        return List.of("kubectl -n " + change.object().namespace() + " delete envoyfilter "
                + change.object().name());
    }

    @Override
    public CompletionStage<List<Leftover>> findLeftovers(Optional<String> namespace) {
        return CompletableFuture.completedFuture(leftovers);
    }
}
