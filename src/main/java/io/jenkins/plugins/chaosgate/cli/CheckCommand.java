package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.Gate;
import io.jenkins.plugins.chaosgate.gate.GateIds;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.report.Clean;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code chaos-gate check FILE}: all that a gate would look at before it begins, and the objects that it would make. What
 * it prints is YAML: the objects, with everything else as comments.
 */
@Command(
        name = "check",
        description =
                "Checks an experiment and everything that it needs, and prints the objects that a run would apply, "
                        + "as YAML. Changes nothing.")
final class CheckCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private ExperimentOptions experimentOptions;

    @Mixin
    private ClusterOptions clusterOptions;

    @Mixin
    private ObjectOptions objectOptions;

    @Mixin
    private PrometheusOptions prometheusOptions;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Experiment experiment = experimentOptions.read();
        ClusterAddress cluster = clusterOptions.address(surroundings);
        ExtraMetadata extra = objectOptions.metadata();
        PrometheusAddress prometheus = prometheusOptions.address(surroundings);
        try (World world = surroundings.world().get()) {
            GateTicket ticket = GateTicket.beginning(
                    world.clock().now(), GateIds.next(), Origin.of(surroundings), experiment.watch());
            GateEvent.Prepared prepared = Gate.check(
                            experiment,
                            ticket,
                            world.mesh(cluster, extra),
                            world.metrics(prometheus, experiment),
                            world.clock())
                    .toCompletableFuture()
                    .join();
            print(experiment, prepared);
            return ExitStatus.of(prepared.findings());
        }
    }

    private void print(Experiment experiment, GateEvent.Prepared prepared) {
        PrintStream out = surroundings.out();
        out.println("# " + Clean.line(experiment.name()));
        for (Finding finding : prepared.findings()) {
            String severity = finding.severity().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.printf("# %-12s %s: %s%n", severity, Clean.line(finding.topic()), Clean.line(finding.text()));
        }
        long stops = prepared.findings().stream().filter(Finding::stopsTheGate).count();
        out.println(
                stops > 0
                        ? "# A gate would not start: "
                                + (stops == 1 ? "one thing stops it." : stops + " things stop it.")
                        : "# A gate would start. " + (prepared.changes().isEmpty() ? "It" : "This is what it")
                                + (prepared.changes().isEmpty() ? " would change nothing." : " would apply:"));
        prepared.guard().ifPresent(guard -> print(out, guard));
        prepared.changes().forEach(change -> print(out, change));
        prepared.canary()
                .forEach(step -> print(out, step, experiment.canaryRollback().on()));
    }

    private static void print(PrintStream out, CanaryStep step, CanaryRollback.On on) {
        out.println("---");
        out.println("# only if " + on.word() + ", once the fault is out, and it stays so: " + Clean.line(step.words())
                + "; to take it back:");
        step.undoCommands().forEach(command -> out.println("#   " + Clean.line(command)));
        out.print(YamlText.of(step.change().body()));
    }

    private static void print(PrintStream out, Change change) {
        out.println("---");
        if (change.edits()) {
            out.println("# put into " + Clean.line(change.object().toString()) + ", which stays yours");
        }
        out.print(YamlText.of(change.body()));
    }
}
