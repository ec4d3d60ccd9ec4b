package io.jenkins.plugins.chaosgate.mesh.canary;

import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPlan;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Rolls canaries of one Kubernetes cluster back. */
public final class ClusterCanaryKeeper implements CanaryKeeper {

    private final Cluster cluster;
    private final Executor executor;
    private final StepEditor editor;
    private final Map<CanaryRollback.Kind, CanaryWay> ways;

    /** @param executor where calls to the cluster block */
    public ClusterCanaryKeeper(Cluster cluster, Executor executor) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.editor = new StepEditor(cluster);
        this.ways = Map.of(
                CanaryRollback.Kind.UNDO_DEPLOYMENT, new UndoDeployment(cluster),
                CanaryRollback.Kind.ROUTE_TO_STABLE, new RouteToStable(cluster),
                CanaryRollback.Kind.SCALE_TO_ZERO, new ScaleToZero(cluster),
                CanaryRollback.Kind.ABORT_ROLLOUT, new AbortRollout(cluster));
    }

    @Override
    public CompletionStage<CanaryPlan> plan(Experiment experiment, GateTicket ticket) {
        return experiment.canaryRollback().isAsked()
                ? CompletableFuture.supplyAsync(() -> planNow(experiment, ticket), executor)
                : CompletableFuture.completedFuture(CanaryPlan.NONE);
    }

    private CanaryPlan planNow(Experiment experiment, GateTicket ticket) {
        Notes notes = new Notes(cluster, experiment);
        List<CanaryStep> steps = List.of();
        try {
            steps = way(experiment.canaryRollback().kind()).plan(experiment, ticket.id(), notes);
        } catch (ClusterException failure) {
            notes.error(failure.getMessage());
        }
        if (notes.stopTheGate()) {
            return new CanaryPlan(notes.list(), List.of());
        }
        String when = "if " + experiment.canaryRollback().on().word() + ": ";
        steps.forEach(step -> notes.ok(when + step.words()));
        return new CanaryPlan(notes.list(), steps);
    }

    @Override
    public CompletionStage<Void> dryRun(Change step) {
        return CompletableFuture.runAsync(() -> editor.dryRun(step, way(step)), executor);
    }

    @Override
    public CompletionStage<CanaryStanding> carryOut(Change step) {
        return CompletableFuture.supplyAsync(() -> editor.carryOut(step, way(step)), executor);
    }

    @Override
    public CompletionStage<CanaryStanding> look(Change step) {
        return CompletableFuture.supplyAsync(() -> editor.look(step, way(step)), executor);
    }

    @Override
    public CanaryStep read(Change step) {
        Order order = Order.of(step);
        return new CanaryStep(step, order.words(), order.commands(), order.undoCommands());
    }

    private CanaryWay way(Change step) {
        return way(Order.of(step).kind());
    }

    private CanaryWay way(CanaryRollback.Kind kind) {
        CanaryWay way = ways.get(kind);
        if (way == null) {
            throw new IllegalArgumentException("nothing is rolled back by " + kind.word());
        }
        return way;
    }
}
