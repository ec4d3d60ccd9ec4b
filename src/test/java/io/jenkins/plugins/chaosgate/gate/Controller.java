package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A process that runs a gate and dies at a moment of its life: after an event was written down, or before or after a call
 * had its effect. From then on nothing that it still does has any.
 */
final class Controller {

    /** Where a controller that never dies is meant. */
    static final int NEVER = Integer.MAX_VALUE;

    private final VirtualClock clock;
    private final int lifetime;
    private final List<GateEvent> log;
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private int moments;

    /**
     * @param lifetime at which of its moments it dies
     * @param log what earlier ones wrote down; it goes on with that
     */
    Controller(VirtualClock clock, int lifetime, List<GateEvent> log) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.log = new ArrayList<>(log);
    }

    List<GateEvent> log() {
        return log;
    }

    GateMemory memory(GateMemory like) {
        return new GateMemory(like.ticket(), like.experiment(), log);
    }

    /** How many moments it has lived. */
    int moments() {
        return moments;
    }

    /** Runs a gate until it ends or this dies; empty then. */
    Optional<Verdict> run(Function<Controller, Gate> gate) {
        CompletableFuture<Verdict> verdict = gate.apply(this).run().toCompletableFuture();
        clock.turnUntil(CompletableFuture.anyOf(death, verdict));
        return death.isDone() ? Optional.empty() : Optional.of(verdict.join());
    }

    void hear(GateEvent event) {
        if (!death.isDone()) {
            log.add(event);
            live();
        }
    }

    FaultInjector using(FaultInjector mesh) {
        return mortal(FaultInjector.class, mesh);
    }

    MetricSource using(MetricSource metrics) {
        return mortal(MetricSource.class, metrics);
    }

    Journal using(Journal journal) {
        return mortal(Journal.class, journal);
    }

    GateClock clock() {
        return new GateClock() {
            @Override
            public Instant now() {
                return clock.now();
            }

            @Override
            public CompletableFuture<Void> after(Duration delay) {
                return death.isDone() ? new CompletableFuture<>() : clock.after(delay);
            }
        };
    }

    private void live() {
        moments++;
        if (moments == lifetime) {
            clock.killWhoeverWaits();
            death.complete(null);
        }
    }

    private <T> T mortal(Class<T> port, T real) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    boolean isCall = CompletionStage.class.isAssignableFrom(method.getReturnType());
                    if (!isCall) {
                        Object plain = method.invoke(real, arguments);
                        return plain instanceof CanaryKeeper keeper ? mortal(CanaryKeeper.class, keeper) : plain;
                    }
                    if (!death.isDone()) {
                        live();
                    }
                    if (death.isDone()) {
                        return new CompletableFuture<>();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    live();
                    return death.isDone() ? new CompletableFuture<>() : answer;
                }));
    }
}
