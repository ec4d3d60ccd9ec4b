package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One run of one experiment, from preflight to verdict. Holds no thread while it waits. Whatever happens on the way,
 * every change it made is taken out again before it ends.
 */
public final class Gate {

    private final GateRun run;

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
        return forward().thenCompose(this::takeOut).thenCompose(this::recover).thenApply(this::finish);
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

    private CompletableFuture<Verdict> forward() {
        List<Phase> phases = new ArrayList<>(List.of(new Preflight(), new WarmUp()));
        if (!run.experiment.isControlRun()) {
            phases.addAll(List.of(new Inject(), new Proof()));
        }
        phases.add(new UnderFault());
        Iterator<Phase> next = phases.iterator();
        return Repeat.<Verdict>until(() -> live(next.next())).exceptionally(this::unexpected);
    }

    private CompletionStage<Optional<Verdict>> live(Phase phase) {
        if (run.askedToEnd().isPresent()) {
            return CompletableFuture.failedFuture(
                    new AskedToEndException(run.askedToEnd().get()));
        }
        run.emit(new GateEvent.PhaseStarted(run.now(), phase.name()));
        CompletionStage<Optional<Verdict>> running;
        try {
            running = phase.run(run);
        } catch (RuntimeException | Error e) {
            running = CompletableFuture.failedFuture(e);
        }
        return running.whenComplete((verdict, failure) -> run.emit(new GateEvent.PhaseEnded(run.now(), phase.name())));
    }

    /** To be asked to end is expected; anything else is an error of ours, which must neither pass nor keep the fault in. */
    private Verdict unexpected(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof AskedToEndException asked
                ? asked.verdict()
                : Verdict.inconclusive("the gate itself failed: " + cause);
    }

    private CompletionStage<Verdict> takeOut(Verdict decided) {
        run.emit(new GateEvent.Decided(run.now(), decided));
        if (run.footprint.isEmpty()) {
            return CompletableFuture.completedFuture(decided);
        }
        RollBack rollBack = new RollBack();
        run.emit(new GateEvent.PhaseStarted(run.now(), rollBack.name()));
        return rollBack.run(run)
                .exceptionally(failure -> Optional.of(Verdict.rollbackFailed(
                        "the rollback itself failed: " + Failures.words(failure) + "; run: chaos-gate sweep")))
                .thenApply(failed -> {
                    run.emit(new GateEvent.PhaseEnded(run.now(), rollBack.name()));
                    return failed.map(verdict -> new Verdict(
                                    verdict.kind(), verdict.reason() + " (before that: " + words(decided) + ")", true))
                            .orElse(decided);
                });
    }

    private static String words(Verdict verdict) {
        return verdict.kind() + ", " + verdict.reason();
    }

    private CompletionStage<Verdict> recover(Verdict decided) {
        boolean nothingToRecoverFrom = run.footprint.faultOutAt().isEmpty()
                || decided.kind() == Verdict.Kind.ROLLBACK_FAILED
                || run.askedToEnd().isPresent();
        if (nothingToRecoverFrom) {
            return CompletableFuture.completedFuture(decided);
        }
        return live(new Recovery(decided))
                .thenApply(verdict -> verdict.orElse(decided))
                .exceptionally(this::unexpected);
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
