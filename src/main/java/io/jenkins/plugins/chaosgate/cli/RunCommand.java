package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.Gate;
import io.jenkins.plugins.chaosgate.gate.GateHistory;
import io.jenkins.plugins.chaosgate.gate.GateIds;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos-gate run FILE}: one gate from beginning to end. */
@Command(
        name = "run",
        description = "Runs an experiment: hurts the canary, watches it, takes the fault out, and says how it went.")
final class RunCommand implements Callable<Integer> {

    /** The gate's own budget for its rollback is one minute, and it looks at the counters after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Surroundings surroundings;

    @Mixin
    private ExperimentOptions experimentOptions;

    @Mixin
    private ClusterOptions clusterOptions;

    @Mixin
    private ObjectOptions objectOptions;

    @Mixin
    private PrometheusOptions prometheusOptions;

    @Mixin
    private StateOptions stateOptions;

    @Mixin
    private ReportOptions reports;

    @Option(names = "--no-color", description = "No colours on a terminal. So does $$NO_COLOR.")
    private boolean noColour;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Experiment experiment = experimentOptions.read();
        ClusterAddress cluster = clusterOptions.address(surroundings);
        ExtraMetadata extra = objectOptions.metadata();
        PrometheusAddress prometheus = prometheusOptions.address(surroundings);
        Path state = stateOptions.writableJournal(surroundings);
        reports.prepare();
        try (Interruption interruption = Interruption.install(surroundings.err(), PATIENCE);
                World world = surroundings.world().get()) {
            FaultInjector mesh = world.mesh(cluster, extra);
            MetricSource metrics = world.metrics(prometheus, experiment);
            Journal journal = world.journal(state).of(world.nameOf(cluster), mesh::identity);
            GateTicket ticket = GateTicket.beginning(
                            world.clock().now(), GateIds.next(), Origin.of(surroundings), experiment.watch())
                    .waiting(experiment.whenBusy().patience());
            GateHistory history = new GateHistory(ticket, experiment);
            try (Screen screen = Screen.of(
                    experiment,
                    ticket,
                    world.clock(),
                    surroundings,
                    noColour,
                    reports.page().map(Path::toString))) {
                GateListener all = event -> {
                    history.on(event);
                    screen.on(event);
                };
                Gate gate = new Gate(experiment, ticket, mesh, metrics, world.clock(), all, journal);
                int status = interruption.aborts(gate::abort) ? status(gate, history) : ExitStatus.ABORTED;
                interruption.ended(status);
                return status;
            }
        }
    }

    private int status(Gate gate, GateHistory history) {
        Verdict verdict = gate.run().toCompletableFuture().join();
        int status = ExitStatus.of(verdict);
        return reports.write(history.snapshot(), surroundings.err()) ? status : ExitStatus.withoutReport(status);
    }
}
