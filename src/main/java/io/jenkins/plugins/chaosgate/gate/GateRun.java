package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What the phases of one gate share: the ports, the signal to stop, and what is in the cluster because of it. The
 * phases run one after another; only {@link #end} comes from elsewhere.
 */
final class GateRun {

    private static final System.Logger LOG = System.getLogger(GateRun.class.getName());

    final Experiment experiment;
    final GateTicket ticket;
    final FaultInjector injector;
    final MetricSource metrics;
    final GateClock clock;
    final Footprint footprint;
    final CanarySteps canary = new CanarySteps();
    final PodWatch pods;
    private final GateListener listener;
    private final CompletableFuture<Void> stopSignal = new CompletableFuture<>();
    private final AtomicReference<Verdict> askedToEnd = new AtomicReference<>();
    private volatile Optional<PhaseName> interrupted = Optional.empty();
    private volatile Scene scene = Scene.UNKNOWN;
    private volatile Optional<SteadyState> before = Optional.empty();
    private volatile Optional<Change> plannedGuard = Optional.empty();
    private volatile List<Change> planned = List.of();

    GateRun(
            Experiment experiment,
            GateTicket ticket,
            FaultInjector injector,
            MetricSource metrics,
            GateClock clock,
            GateListener listener,
            Journal journal) {
        this.experiment = experiment;
        this.ticket = ticket;
        this.injector = injector;
        this.metrics = metrics;
        this.clock = clock;
        this.listener = listener;
        this.footprint = new Footprint(this, journal);
        this.pods = new PodWatch(this);
    }

    Instant now() {
        return clock.now();
    }

    /** Tells whoever follows. A listener that fails must not keep a fault from being taken out. */
    synchronized void emit(GateEvent event) {
        pods.hear(event);
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "A listener of gate " + ticket.id() + " failed", e);
        }
    }

    void warn(String text) {
        emit(new GateEvent.Warned(now(), text));
    }

    // --- phases ---

    /** Whether an earlier process was in that phase when it died. */
    boolean wasInterruptedIn(PhaseName phase) {
        return interrupted.filter(phase::equals).isPresent();
    }

    void begin(PhaseName phase) {
        boolean goesOn = wasInterruptedIn(phase);
        interrupted = Optional.empty();
        if (!goesOn) {
            emit(new GateEvent.PhaseStarted(now(), phase));
        }
    }

    void end(PhaseName phase) {
        emit(new GateEvent.PhaseEnded(now(), phase));
    }

    /** Takes over what an earlier process knew of this gate, and what it may have left in the cluster. */
    void restore(Past past) {
        past.prepared().ifPresent(this::prepared);
        canary.restore(past);
        past.warmedUp().ifPresent(this::warmedUp);
        interrupted = past.openPhase();
        past.events().forEach(pods::hear);
        footprint.restore(past);
    }

    // --- stopping ---

    /** Asks the gate to end with that verdict; the first one to ask counts. */
    void end(Verdict verdict) {
        askedToEnd.compareAndSet(null, verdict);
        stopSignal.complete(null);
    }

    Optional<Verdict> askedToEnd() {
        return Optional.ofNullable(askedToEnd.get());
    }

    /** The same stage, but it fails with {@link AskedToEndException} as soon as the gate is asked to end. */
    <T> CompletableFuture<T> orAborted(CompletionStage<T> stage) {
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> TimeLimit.settle(result, value, failure));
        stopSignal.thenRun(() -> result.completeExceptionally(new AskedToEndException(askedToEnd.get())));
        return result;
    }

    /** Waits, or fails with {@link AskedToEndException} as soon as the gate is asked to end. */
    CompletableFuture<Void> pause(Duration duration) {
        return duration.isZero() || duration.isNegative()
                ? orAborted(CompletableFuture.completedFuture(null))
                : orAborted(clock.after(duration));
    }

    /** The stage of a call, but it fails when it takes longer. */
    <T> CompletableFuture<T> within(Duration limit, String what, Supplier<CompletionStage<T>> call) {
        return TimeLimit.within(clock, limit, what, call);
    }

    // --- what preflight found ---

    Scene scene() {
        return scene;
    }

    List<Change> planned() {
        return planned;
    }

    /** What is to be made before the changes; empty where nothing stands behind them. */
    Optional<Change> plannedGuard() {
        return plannedGuard;
    }

    void prepared(GateEvent.Prepared plan) {
        scene = plan.scene();
        plannedGuard = plan.guard();
        planned = List.copyOf(plan.changes());
        canary.plan(plan.canary());
    }

    // --- what the warm-up saw ---

    /** The steady state as it was before the fault; empty before the warm-up is over. */
    Optional<SteadyState> before() {
        return before;
    }

    /** The time of the warm-up, up to the fault or, where there is none, up to that moment; empty before it is over. */
    Optional<Window> baseline(Instant watchFrom) {
        Instant end = footprint.faultInAt().orElse(watchFrom);
        return before.map(SteadyState::since)
                .filter(begin -> begin.isBefore(end))
                .map(begin -> new Window(begin, end));
    }

    void warmedUp(SteadyState state) {
        before = Optional.of(state);
    }
}
