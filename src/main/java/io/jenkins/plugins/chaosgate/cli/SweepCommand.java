package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
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
        description = "Takes out all faults of gates that it finds by their label, or that runs from this machine wrote"
                + " down, those of running gates too, and says what it took out.")
final class SweepCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private ClusterOptions clusterOptions;

    @Mixin
    private StateOptions stateOptions;

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
            FaultInjector mesh = world.mesh(cluster, ExtraMetadata.NONE);
            FileJournal journal = world.journal(stateOptions.journal(surroundings));
            String name = world.nameOf(cluster);
            List<Remnant> remnants = Remnant.all(entries(journal, name), leftovers(mesh));
            if (remnants.isEmpty()) {
                surroundings.out().println("no fault of a gate is in");
                return ExitStatus.PASSED;
            }
            Sweep sweep = new Sweep(mesh, journal.of(name), world.clock(), surroundings);
            boolean all =
                    dryRun ? remnants.stream().filter(sweep::wouldRemove).count() == 0 : sweep.removeAll(remnants);
            return all ? ExitStatus.PASSED : ExitStatus.ROLLBACK_FAILED;
        }
    }

    private List<Leftover> leftovers(FaultInjector mesh) {
        try {
            return mesh.findLeftovers(Optional.ofNullable(namespace)).toCompletableFuture().join().stream()
                    .filter(leftover -> gate == null || leftover.change().gate().equals(gate))
                    .toList();
        } catch (CompletionException e) {
            throw new CouldNotStartException("the faults in the cluster could not be listed", e.getCause());
        }
    }

    /** What runs wrote down of this cluster. What cannot be read is said, and keeps nothing else from being taken out. */
    private List<JournalEntry> entries(FileJournal journal, String cluster) {
        FileJournal.Contents contents;
        try {
            contents = journal.read().toCompletableFuture().join();
        } catch (CompletionException e) {
            surroundings.err().println("warning: " + Failure.words(e) + "; going by labels only");
            return List.of();
        }
        contents.unreadable().forEach(file -> surroundings
                .err()
                .println("warning: "
                        + Clean.line(file.file() + " cannot be read, delete it once nothing of a gate"
                                + " is in any cluster: " + file.why())));
        return contents.entries().stream()
                .filter(entry -> entry.cluster().equals(cluster))
                .filter(entry -> gate == null || entry.change().gate().equals(gate))
                .filter(entry ->
                        namespace == null || entry.change().object().namespace().equals(namespace))
                .toList();
    }
}
