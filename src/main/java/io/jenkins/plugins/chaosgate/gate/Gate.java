package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One run of one experiment, from preflight to verdict. Holds no thread while it waits. Whatever happens on the way,
 * every change it made is taken out again before it ends.
 */
public final class Gate {

    private final GateRun run;
    private final Supplier<CompletableFuture<Course>> course;
    private final Optional<Verdict> over;

    /**
     * @param listener follows the gate; called for one event after another
     * @param journal of the cluster that the injector changes; nothing is put in that it did not take
     */
    public Gate(
            Experiment experiment,
            GateTicket ticket,
            FaultInjector injector,
            MetricSource metrics,
            GateClock clock,
            GateListener listener,
            Journal journal) {
        run = new GateRun(experiment, ticket, injector, metrics, clock, listener, journal);
        course = () -> CompletableFuture.completedFuture(Course.of(experiment));
        over = Optional.empty();
    }

    private Gate(GateRun run, Past past) {
        this.run = run;
        course = () -> new Resumption(run, past).course();
        over = past.finished();
    }

    /**
     * A gate that goes on where an earlier process stopped. It begins anew where nothing had been put in; it watches on
     * where the fault is in as it was and nothing was missed for too long; else it takes out what is in and says why it
     * can say nothing. What had been decided stays. A gate that was over is left alone.
     *
     * @param past as it is in the log; the listener hears only of what happens from now on
     */
    public static Gate resume(
            GateMemory past,
            FaultInjector injector,
            MetricSource metrics,
            GateClock clock,
            GateListener listener,
            Journal journal) {
        Past before = new Past(past);
        GateTicket ticket = before.hasBegunInjecting()
                ? past.ticket()
                : GateTicket.beginning(
                                clock.now(),
                                past.ticket().id(),
                                past.ticket().origin(),
                                past.experiment().watch())
                        .waiting(past.experiment().whenBusy().patience());
        GateRun run = new GateRun(past.experiment(), ticket, injector, metrics, clock, listener, journal);
        run.restore(before);
        return new Gate(run, before);
    }

    /**
     * Looks at everything as a gate would before it begins, with a server-side dry run of its changes. Changes nothing.
     * The stage never fails: what is wrong is among the findings.
     */
    public static CompletionStage<GateEvent.Prepared> check(
            Experiment experiment, GateTicket ticket, FaultInjector injector, MetricSource metrics, GateClock clock) {
        return Preflight.examine(new GateRun(experiment, ticket, injector, metrics, clock, event -> {}, Journal.NONE));
    }

    /** Starts the gate; to be called once. The stage never fails: what goes wrong is part of the verdict. */
    public CompletionStage<Verdict> run() {
        return over.<CompletionStage<Verdict>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> course.get()
                        .exceptionally(failure -> Course.to(unexpected(failure)))
                        .thenCompose(this::follow));
    }

    /**
     * Asks the gate to end, from any thread: it takes its faults out and then says ABORTED. The first reason counts; a
     * gate that is over does not mind.
     */
    public void abort(String why) {
        run.end(Verdict.aborted(why));
    }

    /**
     * Asks the gate to end, from any thread, since it can no longer be followed: it takes its faults out and then says
     * INCONCLUSIVE, unless it had already seen more than that.
     */
    public void giveUp(String why) {
        run.end(Verdict.inconclusive(why));
    }

    private CompletionStage<Verdict> follow(Course course) {
        return forward(course)
                .thenCompose(decided -> takeOut(decided, course.isTold())
                        .thenCompose(out -> rollCanaryBack(decided).thenApply(done -> out)))
                .thenCompose(decided ->
                        course.isRecoveryOver() ? CompletableFuture.completedFuture(decided) : recover(decided))
                // The wait for its recovery may have turned against a canary that had passed until then.
                .thenCompose(decided -> rollCanaryBack(decided).thenApply(done -> decided))
                .thenCompose(decided -> letGo().thenApply(done -> decided))
                .thenApply(this::finish);
    }

    private CompletableFuture<Verdict> forward(Course course) {
        if (course.decision().isPresent()) {
            return CompletableFuture.completedFuture(course.decision().get());
        }
        Iterator<Phase> next = course.ahead().iterator();
        return Repeat.<Verdict>until(() -> live(next.next())).exceptionally(this::unexpected);
    }

    private CompletionStage<Optional<Verdict>> live(Phase phase) {
        if (run.askedToEnd().isPresent()) {
            return CompletableFuture.failedFuture(
                    new AskedToEndException(run.askedToEnd().get()));
        }
        run.begin(phase.name());
        CompletionStage<Optional<Verdict>> running;
        try {
            running = phase.run(run);
        } catch (RuntimeException | Error e) {
            running = CompletableFuture.failedFuture(e);
        }
        return running.whenComplete((verdict, failure) -> run.end(phase.name()));
    }

    /** To be asked to end is expected; anything else is an error of ours, which must neither pass nor keep the fault in. */
    private Verdict unexpected(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof AskedToEndException asked
                ? asked.verdict()
                : Verdict.inconclusive("the gate itself failed: " + cause);
    }

    private CompletionStage<Verdict> takeOut(Verdict decided, boolean isTold) {
        if (!isTold) {
            run.emit(new GateEvent.Decided(run.now(), decided));
        }
        // Where an earlier process took all out, the proxies are still to be seen to stop.
        boolean nothingWasIn =
                run.footprint.isEmpty() && run.footprint.faultOutAt().isEmpty()
                        || !run.footprint.wasFaultIn() && !run.wasInterruptedIn(PhaseName.ROLLBACK);
        if (nothingWasIn) {
            return CompletableFuture.completedFuture(decided);
        }
        RollBack rollBack = new RollBack();
        run.begin(rollBack.name());
        return rollBack.run(run)
                .exceptionally(failure -> Optional.of(Verdict.rollbackFailed(
                        "the rollback itself failed: " + Failures.words(failure) + "; run: chaos-gate sweep")))
                .thenApply(failed -> {
                    run.end(rollBack.name());
                    return failed.map(verdict -> new Verdict(
                                    verdict.kind(), verdict.reason() + " (before that: " + words(decided) + ")", true))
                            .orElse(decided);
                });
    }

    /** Where that is asked for, and nobody aborted the gate. Does not wait for the steady state; never fails. */
    private CompletionStage<Void> rollCanaryBack(Verdict decided) {
        boolean isAborted = run.askedToEnd()
                .filter(asked -> asked.kind() == Verdict.Kind.ABORTED)
                .isPresent();
        if (isAborted || !run.canary.areDue(run.experiment.canaryRollback().on(), decided)) {
            return CompletableFuture.completedFuture(null);
        }
        RollCanaryBack rollBack = new RollCanaryBack();
        run.begin(rollBack.name());
        return rollBack.run(run).handle((done, failure) -> {
            if (failure != null) {
                run.warn("rolling the canary back failed: " + Failures.words(failure));
            }
            run.end(rollBack.name());
            return null;
        });
    }

    private static String words(Verdict verdict) {
        return verdict.kind() + ", " + verdict.reason();
    }

    private CompletionStage<Verdict> recover(Verdict decided) {
        boolean nothingToRecoverFrom = run.footprint.faultOutAt().isEmpty()
                || decided.kind() == Verdict.Kind.ROLLBACK_FAILED
                // A canary that was taken back has nothing to recover from, and may have no traffic.
                || run.canary.isBack()
                || run.askedToEnd().isPresent();
        if (nothingToRecoverFrom) {
            return CompletableFuture.completedFuture(decided);
        }
        return live(new Recovery(decided))
                // What was decided against the canary stays, whatever becomes of the wait for its recovery.
                .exceptionally(failure -> Optional.of(unexpected(failure)).filter(verdict -> decided.isPassed()))
                .thenApply(changed -> {
                    changed.ifPresent(verdict -> run.emit(new GateEvent.Decided(run.now(), verdict)));
                    return changed.orElse(decided);
                });
    }

    /** What could not be taken out was left to the guard already. Never fails. */
    private CompletionStage<Void> letGo() {
        return run.footprint.mayBeIn().isEmpty() ? RollBack.letGo(run) : CompletableFuture.completedFuture(null);
    }

    private Verdict finish(Verdict decided) {
        Verdict verdict =
                run.askedToEnd().filter(asked -> overrules(asked, decided)).orElse(decided);
        run.emit(new GateEvent.Finished(run.now(), verdict));
        return verdict;
    }

    /** Who aborts a gate wants no verdict of it; who can only not follow it any more takes nothing back but a pass. */
    private static boolean overrules(Verdict asked, Verdict decided) {
        return switch (decided.kind()) {
            case ROLLBACK_FAILED -> false;
            case PASSED -> true;
            default -> decided.started() && asked.kind() == Verdict.Kind.ABORTED;
        };
    }
}
