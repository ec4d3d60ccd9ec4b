package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.model.TaskListener;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.GateHistory;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.memory.GateLog;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.report.ConsoleLines;
import io.jenkins.plugins.chaosgate.report.LiveLine;
import io.jenkins.plugins.chaosgate.report.Paint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Tells the story of a gate while it happens: to its file in the build's folder, from which the pages are made, to the
 * build's log, and to whoever asks what it is doing. What writes to a disk does so on threads of its own, in order.
 */
final class GateStory implements GateListener {

    private static final Duration WATCH_LINE_EVERY = Duration.ofSeconds(10);

    private final GateHistory history;
    private final LiveLine live;
    private final ConsoleLines lines;
    private final GateLog log;
    private final Executor following;
    private volatile boolean faultMayBeIn;
    private boolean told = true;

    GateStory(
            Experiment experiment,
            GateTicket ticket,
            GateLog log,
            String page,
            TaskListener listener,
            Executor following) {
        this.history = new GateHistory(ticket, experiment);
        this.live = new LiveLine(experiment, ticket, Paint.PLAIN);
        this.lines = new ConsoleLines(
                experiment,
                ticket,
                new ConsoleLines.Settings(Paint.PLAIN, WATCH_LINE_EVERY, Optional.of(page)),
                line -> {
                    if (told) {
                        listener.getLogger().println(line);
                    }
                });
        this.log = log;
        this.following = following;
    }

    /** What was told before Jenkins went away: known from now on, but not told again. */
    void remember(List<GateEvent> past) {
        told = false;
        past.forEach(event -> {
            note(event);
            history.on(event);
            lines.on(event);
        });
        told = true;
    }

    @Override
    public void on(GateEvent event) {
        note(event);
        following.execute(() -> {
            history.on(event);
            log.on(event);
            lines.on(event);
        });
    }

    private void note(GateEvent event) {
        live.on(event);
        if (event instanceof GateEvent.PhaseStarted started) {
            PhaseName phase = started.phase();
            faultMayBeIn = phase == PhaseName.INJECT || faultMayBeIn && phase != PhaseName.RECOVERY;
        } else if (event instanceof GateEvent.Finished) {
            faultMayBeIn = false;
        }
    }

    /** Whether a fault of this gate may be in a cluster now. */
    boolean faultMayBeIn() {
        return faultMayBeIn;
    }

    /** {@code watching 34 s left failed requests 2 of 10}; empty before it began and after its end. */
    Optional<String> status(Instant now) {
        return live.at(now).map(line -> line.strip().replaceAll(" {2,}", "  "));
    }

    /** To be asked only on the following thread. */
    GateSnapshot snapshot() {
        return history.snapshot();
    }

    void close() {
        log.close();
    }
}
