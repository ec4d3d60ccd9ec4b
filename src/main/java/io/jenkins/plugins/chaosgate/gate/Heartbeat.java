package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Prolongs the guard for as long as its gate lives, at every third of the lease, so that two beats may be lost. A beat
 * that fails is soon made again. When a whole lease goes by without one, or the guard is gone, so is the fault.
 */
final class Heartbeat {

    private static final int BEATS_PER_LEASE = 3;
    private static final int ATTEMPTS_PER_LEASE = 30;

    private final GateRun run;
    private final Change guard;
    private final Duration lease;
    private volatile Instant lastBeat;
    private volatile boolean stopped;
    private volatile boolean gone;
    private volatile String failure = "";

    /** @param madeAt when the guard was asked for; its first lease runs from then on at the earliest */
    Heartbeat(GateRun run, Change guard, Instant madeAt) {
        this.run = run;
        this.guard = guard;
        this.lease = run.experiment.guard().lease();
        this.lastBeat = madeAt;
    }

    /** Begins to beat; ends by itself when the guard is lost. */
    void start() {
        Repeat.until(() -> run.clock.after(pause()).thenCompose(waited -> beat()));
    }

    /** To be called once the guard is no longer wanted. */
    void stop() {
        stopped = true;
    }

    /** Why the guard, and so the fault, can no longer be in; empty while all is well. */
    Optional<String> trouble(Instant now) {
        if (gone) {
            return Optional.of("the guard " + guard.object() + " is gone, so the fault is, too");
        }
        return isOver(now)
                ? Optional.of("the guard could not be prolonged for "
                        + Duration.between(lastBeat, now).toSeconds() + " s, so the fault is gone, or soon will be"
                        + (failure.isEmpty() ? "" : ": " + failure))
                : Optional.empty();
    }

    private Duration pause() {
        return lease.dividedBy(failure.isEmpty() ? BEATS_PER_LEASE : ATTEMPTS_PER_LEASE);
    }

    private boolean isOver(Instant now) {
        return !now.isBefore(lastBeat.plus(lease));
    }

    /** Done with a value when there is nothing left to prolong. */
    private CompletableFuture<Optional<Boolean>> beat() {
        Instant asked = run.now();
        if (stopped || isOver(asked)) {
            return CompletableFuture.completedFuture(Optional.of(false));
        }
        return run.within(
                        lease.dividedBy(BEATS_PER_LEASE),
                        "prolonging " + guard.object(),
                        () -> run.injector.prolong(guard))
                .handle((prolonged, thrown) -> {
                    if (thrown != null) {
                        failed(Failures.words(thrown));
                    } else if (prolonged) {
                        lastBeat = asked;
                        failure = "";
                    } else {
                        gone = true;
                    }
                    return stopped || gone ? Optional.of(false) : Optional.empty();
                });
    }

    private void failed(String why) {
        if (failure.isEmpty() && !stopped) {
            run.warn("the guard could not be prolonged: " + why + "; trying again");
        }
        failure = why;
    }
}
