package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.pipeline.page.GateStopper;
import io.jenkins.plugins.chaosgate.pipeline.page.GatesAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/** All gates that run in this Jenkins. */
@Extension
public final class RunningGates implements GateStopper {

    private static final long CALLERS_CHECKED_EVERY_SECONDS = 3;

    private final ConcurrentMap<String, RunningGate> gates = new ConcurrentHashMap<>();
    private final GateThreads threads = new GateThreads();
    private ScheduledFuture<?> check;
    private volatile boolean closing;

    public static RunningGates get() {
        return ExtensionList.lookupSingleton(RunningGates.class);
    }

    /** Begins a gate; returns at once. */
    public void begin(String id, Run<?, ?> run, GateCaller caller) {
        RunningGate gate = new RunningGate(id, run, caller, this);
        add(gate);
        threads.forPreparing().execute(gate::begin);
    }

    /** Goes on with a gate of an earlier Jenkins; returns at once. */
    public void resume(String id, Run<?, ?> run, GateCaller caller) {
        RunningGate gate = new RunningGate(id, run, caller, this);
        add(gate);
        threads.forPreparing().execute(gate::resumeOrBegin);
    }

    private synchronized void add(RunningGate gate) {
        gates.put(gate.id(), gate);
        if (check == null) {
            check = Timer.get()
                    .scheduleWithFixedDelay(
                            () -> threads.forPreparing().execute(this::checkCallers),
                            CALLERS_CHECKED_EVERY_SECONDS,
                            CALLERS_CHECKED_EVERY_SECONDS,
                            TimeUnit.SECONDS);
        }
    }

    synchronized void forget(RunningGate gate) {
        gates.remove(gate.id(), gate);
        if (gates.isEmpty() && check != null) {
            check.cancel(false);
            check = null;
        }
        notifyAll();
    }

    private void checkCallers() {
        gates.values().forEach(RunningGate::checkCaller);
    }

    @Override
    public boolean stop(String id, String why) {
        RunningGate gate = gates.get(id);
        if (gate != null) {
            gate.abort(why);
        }
        return gate != null;
    }

    /** Asks every gate of a build to end. */
    void abortAll(Run<?, ?> run, String why) {
        gates.values().stream().filter(gate -> gate.run().equals(run)).forEach(gate -> gate.abort(why));
    }

    boolean isRunning(String id) {
        return gates.containsKey(id);
    }

    /** Whether no gate runs. */
    public boolean isEmpty() {
        return gates.isEmpty();
    }

    /** What a gate is doing now, for people; empty where no such gate runs. */
    public Optional<String> status(String id) {
        return Optional.ofNullable(gates.get(id)).map(RunningGate::status);
    }

    /** Whether a fault of this gate may be in a cluster now. */
    public boolean faultMayBeIn(String id) {
        RunningGate gate = gates.get(id);
        return gate != null && gate.faultMayBeIn();
    }

    // --- when Jenkins goes away ---

    /**
     * Takes all faults out, and waits for that as long as it may. The gates' ends are told to their steps by the next
     * Jenkins: a pipeline must not go on in one that is going away.
     */
    void close(Duration limit) throws InterruptedException {
        closing = true;
        gates.values().forEach(gate -> gate.giveUp("Jenkins was shut down while the gate was open"));
        Instant end = Instant.now().plus(limit);
        synchronized (this) {
            while (!gates.isEmpty() && Instant.now().isBefore(end)) {
                wait(Math.max(1, Duration.between(Instant.now(), end).toMillis()));
            }
        }
    }

    boolean isClosing() {
        return closing;
    }

    // --- what every gate needs ---

    GateThreads threads() {
        return threads;
    }

    Journal journal(String cluster, FaultInjector mesh) {
        return OpenFaults.get().journal(cluster, mesh);
    }

    /** Where a build is, for people: an address, or a path where Jenkins does not know its own address. */
    public static String address(Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl();
    }

    public static String page(Run<?, ?> run, String id) {
        return address(run) + GatesAction.URL + "/" + id + "/";
    }
}
