package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Watches without a fault: what does not hold now cannot be blamed on the fault later. Lasts longer than it should where
 * a threshold has shown nothing yet, but never blind for longer than missing data is allowed.
 */
final class WarmUp implements Phase {

    @Override
    public PhaseName name() {
        return PhaseName.WARMUP;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        return new Loop(run).run();
    }

    private static final class Loop {

        private final GateRun run;
        private final Watch watch;
        private final Instant beginning;
        private final Instant end;
        private final Cadence cadence;
        private SteadyState state;

        Loop(GateRun run) {
            this.run = run;
            this.watch = run.experiment.watch();
            this.beginning = run.now();
            this.end = beginning.plus(watch.warmup());
            this.cadence = new Cadence(beginning, watch.interval());
            this.state = SteadyState.fresh(run.experiment, beginning);
        }

        CompletionStage<Optional<Verdict>> run() {
            return Repeat.until(() -> run.pause(wait(run.now())).thenCompose(waited -> look()));
        }

        /** Until the next look, but not past the end of the phase: the last look is the one that counts. */
        private Duration wait(Instant now) {
            Duration next = cadence.untilNext(now);
            Duration left = Duration.between(now, end);
            return !left.isNegative() && !left.isZero() && left.compareTo(next) < 0 ? left : next;
        }

        private CompletionStage<Optional<Optional<Verdict>>> look() {
            Instant now = run.now();
            run.pods.look();
            return Looks.at(run, now, beginning).thenCompose(result -> {
                state = state.after(now, result.sights());
                Duration left = Duration.between(now, end);
                run.emit(new GateEvent.Observed(
                        now, PhaseName.WARMUP, result.sights(), left.isNegative() ? Duration.ZERO : left));
                boolean timeIsUp = !now.isBefore(end);
                return settled(timeIsUp).thenApply(done -> decide(run.now(), timeIsUp));
            });
        }

        /** What becomes of the pods under the fault is told from how they were right before. */
        private CompletionStage<Void> settled(boolean timeIsUp) {
            return timeIsUp && state.isSeen() && state.violated().isEmpty()
                    ? run.orAborted(run.pods.lookAgain())
                    : CompletableFuture.completedFuture(null);
        }

        private Optional<Optional<Verdict>> decide(Instant now, boolean timeIsUp) {
            Optional<Verdict> unsteady = state.violated()
                    .or(run.pods::violated)
                    .or(run.pods::changed)
                    .map(words -> Verdict.inconclusive("not steady before the fault: " + words));
            if (unsteady.isPresent()) {
                return Optional.of(unsteady);
            }
            Optional<Verdict> blind = state.blindFor(watch.missingData(), now)
                    .or(() -> run.pods.silent(now))
                    .map(words -> Verdict.inconclusive("nothing to judge before the fault: " + words));
            if (blind.isPresent()) {
                return Optional.of(blind);
            }
            if (!timeIsUp || !state.isSeen() || !run.pods.isSeen()) {
                return Optional.empty();
            }
            run.warmedUp(state);
            state.tooFew(watch).forEach(run::warn);
            return Optional.of(Optional.empty());
        }
    }
}
