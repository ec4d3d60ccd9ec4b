package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Prolongs what lasts for one lease, the guard or the lock, for as long as its gate lives: at every third of the lease, so that two
 * beats may be lost. A beat that fails is soon made again. When a whole lease goes by without one, it counts as lost.
 */
final class Heartbeat {

    private static final int BEATS_PER_LEASE = 3;
    private static final int ATTEMPTS_PER_LEASE = 30;

    private final GateRun run;
    private final Change kept;
    private final Words words;
    private final Function<Change, CompletionStage<Boolean>> prolong;
    private final Duration lease;
    private volatile Instant lastBeat;
    private volatile boolean stopped;
    private volatile boolean gone;
    private volatile String failure = "";

    /**
     * How its trouble is told.
     *
     * @param noun {@code the guard}
     * @param ifGone what follows from it that it is gone
     * @param ifSilent what follows from it that it could not be prolonged for a lease
     */
    private record Words(String noun, String ifGone, String ifSilent) {}

    private Heartbeat(
            GateRun run, Change kept, Words words, Function<Change, CompletionStage<Boolean>> prolong, Instant madeAt) {
        this.run = run;
        this.kept = kept;
        this.words = words;
        this.prolong = prolong;
        this.lease = run.experiment.guard().lease();
        this.lastBeat = madeAt;
    }

    /** @param madeAt when the guard was asked for; its first lease runs from then on at the earliest */
    static Heartbeat ofGuard(GateRun run, Change guard, Instant madeAt) {
        String owned = run.experiment.isControlRun() ? "the lock" : "the fault";
        return new Heartbeat(
                run,
                guard,
                new Words("the guard", ", so " + owned + " is, too", ", so " + owned + " is gone, or soon will be"),
                run.injector::prolong,
                madeAt);
    }

    /** @param madeAt when the lock was asked for */
    static Heartbeat ofLock(GateRun run, Change lock, Instant madeAt) {
        return new Heartbeat(
                run,
                lock,
                new Words("the lock", ", so another gate may have the target", ", so another gate may take the target"),
                run.injector.lock()::renew,
                madeAt);
    }

    /** One that goes on where this one was stopped. */
    Heartbeat again() {
        return new Heartbeat(run, kept, words, prolong, lastBeat);
    }

    /** Begins to beat; ends by itself when what it keeps is lost. */
    void start() {
        Repeat.until(() -> run.clock.after(pause()).thenCompose(waited -> beat()));
    }

    /** To be called once what it keeps is no longer wanted. */
    void stop() {
        stopped = true;
    }

    /** Why what it keeps can no longer be relied on; empty while all is well. */
    Optional<String> trouble(Instant now) {
        if (gone) {
            return Optional.of(words.noun() + " " + kept.object() + " is gone" + words.ifGone());
        }
        return isOver(now)
                ? Optional.of(words.noun() + " could not be prolonged for "
                        + Duration.between(lastBeat, now).toSeconds() + " s" + words.ifSilent()
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
        return run.within(lease.dividedBy(BEATS_PER_LEASE), "prolonging " + kept.object(), () -> prolong.apply(kept))
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
            run.warn(words.noun() + " could not be prolonged: " + why + "; trying again");
        }
        failure = why;
    }
}
