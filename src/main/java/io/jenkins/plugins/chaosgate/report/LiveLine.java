package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a gate is doing right now, on one line that a terminal redraws: phase, time left, each threshold's value against
 * its limit. Safe between threads.
 */
public final class LiveLine implements GateListener {

    private final GateTicket ticket;
    private final Paint paint;
    private final SightWords words;
    private Optional<GateEvent.PhaseStarted> phase = Optional.empty();
    private Optional<GateEvent.Observed> seen = Optional.empty();

    public LiveLine(Experiment experiment, GateTicket ticket, Paint paint) {
        this.ticket = ticket;
        this.paint = paint;
        this.words = new SightWords(experiment.steadyState());
    }

    @Override
    public synchronized void on(GateEvent event) {
        if (event instanceof GateEvent.PhaseStarted started) {
            phase = Optional.of(started);
            seen = Optional.empty();
        } else if (event instanceof GateEvent.Observed observed) {
            seen = Optional.of(observed);
        } else if (event instanceof GateEvent.Finished) {
            phase = Optional.empty();
        }
    }

    /** The line at that time; empty before the gate's first phase and after its end. */
    public synchronized Optional<String> at(Instant now) {
        if (phase.isEmpty()) {
            return Optional.empty();
        }
        String stamp = Elapsed.stamp(Duration.between(ticket.since(), now));
        String head =
                paint.faint(String.format("%-13s%-13s", stamp, doing(phase.get().phase())));
        if (seen.isEmpty()) {
            return Optional.of(head + "…");
        }
        GateEvent.Observed look = seen.get();
        Duration left = look.left().minus(Duration.between(look.at(), now));
        return Optional.of(head + left(left) + "   " + words.againstLimits(look.readings(), paint));
    }

    /** What a gate does in a phase, in a word or two. */
    static String doing(PhaseName phase) {
        return switch (phase) {
            case PREFLIGHT -> "preflight";
            case LOCK -> "locking";
            case WARMUP -> "warming up";
            case INJECT -> "injecting";
            case PROOF -> "proving";
            case WATCH -> "watching";
            case ROLLBACK -> "rolling back";
            case CANARY_ROLLBACK -> "canary back";
            case RECOVERY -> "recovering";
        };
    }

    /** {@code 49 s left}: whole seconds, rounded up, never below zero. */
    static String left(Duration left) {
        long seconds = left.isNegative() ? 0 : (left.toMillis() + 999) / 1000;
        return seconds < 60 ? seconds + " s left" : seconds / 60 + " min " + seconds % 60 + " s left";
    }
}
