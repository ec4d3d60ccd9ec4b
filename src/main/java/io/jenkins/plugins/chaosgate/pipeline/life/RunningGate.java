package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.Gate;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.SystemClock;
import io.jenkins.plugins.chaosgate.gate.memory.GateLog;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.pipeline.page.GateEntry;
import io.jenkins.plugins.chaosgate.pipeline.page.GateFiles;
import io.jenkins.plugins.chaosgate.pipeline.page.GatesAction;
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget;
import io.jenkins.plugins.chaosgate.pipeline.target.Connection;
import io.jenkins.plugins.chaosgate.pipeline.target.ConnectionFactory;
import io.jenkins.plugins.chaosgate.pipeline.target.Targets;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** One gate in this Jenkins, from the step's beginning to its end. Holds no thread while it waits. */
final class RunningGate {

    private static final Logger LOG = Logger.getLogger(RunningGate.class.getName());

    private final String id;
    private final Run<?, ?> run;
    private final GateCaller caller;
    private final RunningGates home;
    private final Executor following;
    private final GateClock clock;
    private final ExperimentReading reading;
    private Gate gate;
    private String abortBecause;
    private String giveUpBecause;
    private volatile GateStory story;

    RunningGate(String id, Run<?, ?> run, GateCaller caller, RunningGates home) {
        this.id = id;
        this.run = run;
        this.caller = caller;
        this.home = home;
        this.following = home.threads().forFollowing();
        this.clock = new SystemClock(Timer.get(), home.threads().forDecisions());
        this.reading = new ExperimentReading(
                caller, home.threads().forAgents(), home.threads().forPreparing());
    }

    String id() {
        return id;
    }

    Run<?, ?> run() {
        return run;
    }

    // --- its beginning; on a thread that may wait ---

    /** Goes on where an earlier Jenkins stopped; begins anew where nothing was written down. */
    void resumeOrBegin() {
        Path file = GateFiles.file(run, id);
        if (!Files.exists(file)) {
            begin();
            return;
        }
        try {
            GateMemory past = GateMemory.read(file);
            if (past.verdict().isPresent()) {
                finish(past.verdict().get(), past.snapshot());
            } else {
                launch(past.experiment(), past.ticket(), Optional.of(past), earlierTarget());
            }
        } catch (IOException | RuntimeException | Error e) {
            couldNotBegin(e);
        }
    }

    void begin() {
        reading.start(this::begin);
    }

    private void begin(ExperimentReading.Result asked) {
        try {
            Experiment experiment = asked.get();
            GateTicket ticket = GateTicket.beginning(clock.now(), id, RunningGates.address(run), experiment.watch())
                    .waiting(experiment.whenBusy().patience());
            launch(experiment, ticket, Optional.empty(), Targets.allowed(run, caller.cluster(), experiment));
        } catch (IOException | RuntimeException | Error e) {
            couldNotBegin(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            couldNotBegin(e);
        }
    }

    /** Whoever lost the leave meanwhile still has to take the fault out. */
    private ClusterTarget earlierTarget() throws IOException {
        String name = GatesAction.of(run).getEntries().stream()
                .filter(entry -> entry.getId().equals(id))
                .map(GateEntry::getCluster)
                .findFirst()
                .orElse(caller.cluster());
        return Targets.find(name)
                .orElseThrow(() -> new AbortException("The target '" + name + "' of gate " + id
                        + " is no longer set up, and a fault of it may still be in there: set the target up again, or"
                        + " run: chaos-gate sweep"));
    }

    private void launch(Experiment experiment, GateTicket ticket, Optional<GateMemory> past, ClusterTarget target)
            throws IOException {
        Connection connection = ConnectionFactory.open(target);
        try {
            Path file = GateFiles.file(run, id);
            GateLog log = past.isPresent() ? GateLog.goOn(file) : GateLog.begin(file, ticket, experiment);
            GateStory telling =
                    new GateStory(experiment, ticket, log, RunningGates.page(run, id), caller.listener(), following);
            past.ifPresent(memory -> telling.remember(memory.events()));
            story = telling;
            GatesAction.of(run).began(id, experiment.name(), target.getName());
            Gate made = gate(past, experiment, ticket, connection, home.journal(target.getName(), connection.mesh()));
            made(made);
            made.run().thenAcceptAsync(verdict -> over(verdict, connection), following);
        } catch (IOException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private Gate gate(
            Optional<GateMemory> past,
            Experiment experiment,
            GateTicket ticket,
            Connection connection,
            Journal journal) {
        FaultInjector mesh = connection.mesh();
        MetricSource metrics = connection.metrics(experiment);
        return past.map(memory -> Gate.resume(memory, mesh, metrics, clock, story, journal))
                .orElseGet(() -> new Gate(experiment, ticket, mesh, metrics, clock, story, journal));
    }

    private void couldNotBegin(Throwable why) {
        if (!(why instanceof AbortException)) {
            LOG.log(Level.INFO, why, () -> "Gate " + id + " of " + run + " could not begin");
        }
        home.forget(this);
        caller.couldNotBegin(why);
    }

    // --- its end; in order after all that was told ---

    private void over(Verdict verdict, Connection connection) {
        GateStory told = story;
        try {
            told.close();
            connection.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Clearing up after gate " + id + " failed", e);
        }
        finish(verdict, told.snapshot());
    }

    private void finish(Verdict verdict, GateSnapshot snapshot) {
        home.forget(this);
        try {
            GatesAction.of(run).ended(id, verdict);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The verdict of gate " + id + " could not be kept with " + run, e);
        }
        if (!home.isClosing()) {
            caller.ended(verdict, snapshot);
        }
    }

    // --- from outside, on any thread ---

    /** Takes the fault out; the verdict is ABORTED. */
    synchronized void abort(String why) {
        if (gate != null) {
            gate.abort(why);
        } else if (abortBecause == null) {
            abortBecause = why;
            reading.stop(why);
        }
    }

    /** Takes the fault out; the verdict is INCONCLUSIVE. */
    synchronized void giveUp(String why) {
        if (gate != null) {
            gate.giveUp(why);
        } else if (giveUpBecause == null) {
            giveUpBecause = why;
        }
    }

    private synchronized void made(Gate made) {
        gate = made;
        if (abortBecause != null) {
            made.abort(abortBecause);
        } else if (giveUpBecause != null) {
            made.giveUp(giveUpBecause);
        }
    }

    boolean faultMayBeIn() {
        GateStory told = story;
        return told != null && told.faultMayBeIn();
    }

    /** What it is doing now, for people. */
    String status() {
        GateStory told = story;
        return told == null ? "preparing" : told.status(Instant.now()).orElse("preparing");
    }

    /** Nobody may be waiting for it any more: a step can end without being told to. */
    void checkCaller() {
        String gone = caller.goneBecause();
        if (gone != null) {
            abort(gone);
        }
    }
}
