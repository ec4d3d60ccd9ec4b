package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Watches the steady state under the fault until it is violated, cannot be judged, or time is up; until it surely holds only
 * where the experiment asks for an early pass. Time is up only with a look that showed every threshold: a gate that went blind near its end does not pass.
 */
final class UnderFault implements Phase {

    private final Optional<Past.Watched> before;

    UnderFault() {
        before = Optional.empty();
    }

    /** @param interrupted goes on from there */
    UnderFault(Past.Watched interrupted) {
        before = Optional.of(interrupted);
    }

    @Override
    public PhaseName name() {
        return PhaseName.WATCH;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        return new Loop(run, before.orElseGet(() -> beginning(run))).run();
    }

    private static Past.Watched beginning(GateRun run) {
        Instant now = run.now();
        SteadyState state = run.before()
                .map(warm -> warm.next(
                        run.experiment, now, run.footprint.countsFrom().orElse(now)))
                .orElseGet(() -> SteadyState.fresh(run.experiment, now));
        return new Past.Watched(now, state, 0);
    }

    private static final class Loop {
        private final GateRun run;
        private final Watch watch;
        private final Instant countFrom;
        private final Instant earliestPass;
        private final Instant end;
        private final Cadence cadence;
        private final DriftWatch drift;
        private final Bystanders bystanders;
        private final WatchDecision decision;
        private boolean begun;
        private SteadyState state;
        private FaultReach reach;
        private long hurt;

        Loop(GateRun run, Past.Watched before) {
            this.run = run;
            this.watch = run.experiment.watch();
            Instant beginning = before.beginning();
            this.countFrom = run.footprint.countsFrom().orElse(beginning);
            this.earliestPass = beginning.plus(watch.minUnderFault());
            this.end = beginning.plus(watch.duration());
            this.cadence = new Cadence(beginning, watch.interval());
            this.drift = new DriftWatch(run);
            this.bystanders = new Bystanders(run);
            this.decision = new WatchDecision(run, drift, bystanders, countFrom, end);
            this.state = before.state();
            this.reach = FaultReach.fromNextLook(
                    run.experiment.faults(), run.footprint.faultInAt().orElse(beginning));
            this.hurt = before.hurt();
        }

        CompletionStage<Optional<Verdict>> run() {
            return Repeat.until(() -> run.pause(wait(run.now())).thenCompose(waited -> look()));
        }

        /** Under a fault the first look is at once: what was counted since it went in may already be too much. */
        private Duration wait(Instant now) {
            if (!begun && countFrom.isBefore(now)) {
                return Duration.ZERO;
            }
            Duration next = cadence.untilNext(now);
            Duration left = Duration.between(now, end);
            return !left.isNegative() && !left.isZero() && left.compareTo(next) < 0 ? left : next;
        }

        private CompletionStage<Optional<Optional<Verdict>>> look() {
            begun = true;
            Instant now = run.now();
            boolean timeIsUp = !now.isBefore(end);
            drift.look();
            run.pods.look();
            bystanders.look(now);
            return Looks.at(run, now, countFrom).thenCompose(result -> {
                List<Sight> sights = run.experiment.isControlRun()
                        ? result.sights()
                        : Looks.affected(result.sights(), FaultReach.affected(result.affected()));
                state = state.after(now, sights);
                reach = reach.after(now, result.injected());
                Duration left = Duration.between(now, end);
                run.emit(
                        new GateEvent.Observed(now, PhaseName.WATCH, sights, left.isNegative() ? Duration.ZERO : left));
                Proof.report(run, result.injected());
                hurt = Math.max(hurt, mostHurt(result.injected()));
                boolean mayPass =
                        state.isFreshAt(now) && (timeIsUp ? state.reaches(end) : watch.earlyPass() && holdsEarly());
                return settled(mayPass || state.lostTraffic().isPresent())
                        .thenApply(done -> decision.at(run.now(), state, reach, hurt, mayPass)
                                .map(Optional::of));
            });
        }

        private boolean holdsEarly() {
            return state.reaches(earliestPass) && state.isSeen() && state.holds();
        }

        /** A pass, and a loss of traffic, also need the cluster's word that the fault was in to the end, and all routes as they were. */
        private CompletionStage<Void> settled(boolean needed) {
            return needed && state.violated().isEmpty()
                    ? run.orAborted(
                            CompletableFuture.allOf(drift.lookEverywhere(), run.pods.lookAgain(), bystanders.settled()))
                    : CompletableFuture.completedFuture(null);
        }

        private static long mostHurt(Map<Integer, Reading> injected) {
            return injected.values().stream()
                    .mapToLong(reading -> Looks.count(reading).orElse(0))
                    .max()
                    .orElse(0);
        }
    }
}
