package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.report.Clean;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos-gate sweep}: takes out faults that a gate left behind, such as one that was killed. */
@Command(
        name = "sweep",
        description = "Takes out all faults of gates that it finds by their label, those of running gates too, and says"
                + " what it took out.")
final class SweepCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private ClusterOptions clusterOptions;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Only there. Default: everywhere.")
    private String namespace;

    @Option(names = "--gate", paramLabel = "ID", description = "Only the faults of that gate.")
    private String gate;

    @Option(names = "--dry-run", description = "Only says what it would take out.")
    private boolean dryRun;

    SweepCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ClusterAddress cluster = clusterOptions.address(surroundings);
        try (World world = surroundings.world().get()) {
            FaultInjector mesh = world.mesh(cluster);
            List<Leftover> leftovers = find(mesh);
            if (leftovers.isEmpty()) {
                surroundings.out().println("no fault of a gate is in");
                return ExitStatus.PASSED;
            }
            long standing = leftovers.stream()
                    .filter(leftover -> !takeOut(mesh, leftover))
                    .count();
            return standing == 0 ? ExitStatus.PASSED : ExitStatus.ROLLBACK_FAILED;
        }
    }

    private List<Leftover> find(FaultInjector mesh) {
        try {
            return mesh.findLeftovers(Optional.ofNullable(namespace)).toCompletableFuture().join().stream()
                    .filter(leftover -> gate == null || leftover.change().gate().equals(gate))
                    .toList();
        } catch (CompletionException e) {
            throw new CouldNotStartException("the faults in the cluster could not be listed", e.getCause());
        }
    }

    /** Whether it is out. */
    private boolean takeOut(FaultInjector mesh, Leftover leftover) {
        if (dryRun) {
            surroundings.out().println("would remove " + words(leftover));
            return false;
        }
        try {
            mesh.rollback(leftover.change()).toCompletableFuture().join();
            surroundings.out().println("removed " + words(leftover));
            return true;
        } catch (CompletionException e) {
            surroundings.err().println("error: still in: " + words(leftover) + ": " + Failure.words(e));
            mesh.undoCommands(leftover.change())
                    .forEach(command -> surroundings.err().println("  run: " + Clean.line(command)));
            return false;
        }
    }

    private static String words(Leftover leftover) {
        StringBuilder words = new StringBuilder(
                leftover.change().object() + " (gate " + leftover.change().gate());
        add(words, ", by ", leftover.origin());
        add(words, ", since ", leftover.since());
        add(words, ", until ", leftover.until());
        return Clean.line(words.append(")").toString());
    }

    private static void add(StringBuilder words, String label, String value) {
        if (!value.isBlank()) {
            words.append(label).append(value);
        }
    }
}
