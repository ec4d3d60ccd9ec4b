package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.chaosgate.gate.SystemClock;
import io.jenkins.plugins.chaosgate.gate.Undo;
import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget;
import io.jenkins.plugins.chaosgate.pipeline.target.Connection;
import io.jenkins.plugins.chaosgate.pipeline.target.ConnectionFactory;
import io.jenkins.plugins.chaosgate.pipeline.target.Targets;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * What this Jenkins has put into clusters, or may have: the journal in its home folder, which no deletion of a build or a
 * job touches. Changes that no running gate looks after are taken out again, until all are.
 */
@Extension
public final class OpenFaults {

    private static final Logger LOG = Logger.getLogger(OpenFaults.class.getName());
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final int MOST_ROUNDS_BETWEEN = 32;

    private final GateThreads threads = RunningGates.get().threads();
    private final FileJournal journal = new FileJournal(
            Jenkins.get().getRootDir().toPath().resolve("chaos-gate").resolve("journal"),
            threads.forJournal(),
            InstantSource.system());
    /** By gate and object: how many rounds failed, and how many are to be left out before the next. */
    private final Map<String, Patience> patience = new HashMap<>();

    private volatile List<OpenFault> standing = List.of();

    public static OpenFaults get() {
        return ExtensionList.lookupSingleton(OpenFaults.class);
    }

    /** Where the gates of one target write down what they change. */
    Journal journal(String cluster, FaultInjector mesh) {
        return journal.of(cluster, mesh::identity);
    }

    /** What the last round could not take out; empty when all is well. */
    public List<OpenFault> standing() {
        return standing;
    }

    /**
     * Takes out all that no running gate looks after. Waits for clusters, so not for threads in a hurry.
     *
     * @param patiently whether what failed before is left alone for a while, longer each time
     */
    public synchronized void takeOut(boolean patiently) {
        FileJournal.Contents contents = journal.read().toCompletableFuture().join();
        List<OpenFault> open = new ArrayList<>();
        contents.unreadable().forEach(file -> open.add(OpenFault.unreadable(file)));
        Map<String, List<JournalEntry>> byCluster = contents.entries().stream()
                .filter(entry -> !RunningGates.get().isRunning(entry.ticket().id()))
                .collect(Collectors.groupingBy(JournalEntry::cluster));
        byCluster.forEach((cluster, entries) -> open.addAll(takeOut(cluster, entries, patiently)));
        patience.keySet().retainAll(open.stream().map(OpenFault::key).toList());
        standing = List.copyOf(open);
    }

    private List<OpenFault> takeOut(String cluster, List<JournalEntry> entries, boolean patiently) {
        Optional<ClusterTarget> target = Targets.find(cluster);
        if (target.isEmpty()) {
            return entries.stream()
                    .map(entry -> OpenFault.of(
                            entry, "the target '" + cluster + "' is no longer set up; set it up again", List.of()))
                    .toList();
        }
        try (Connection connection = ConnectionFactory.open(target.get())) {
            Undo undo = new Undo(
                    connection.mesh(), journal.of(cluster), new SystemClock(Timer.get(), threads.forDecisions()));
            List<OpenFault> open = new ArrayList<>();
            entries.forEach(entry -> takeOut(undo, entry, patiently).ifPresent(open::add));
            return open;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The cluster of target " + cluster + " cannot be reached", e);
            return entries.stream()
                    .map(entry -> OpenFault.of(entry, "its cluster cannot be reached: " + e.getMessage(), List.of()))
                    .toList();
        }
    }

    private Optional<OpenFault> takeOut(Undo undo, JournalEntry entry, boolean patiently) {
        Patience left = patience.computeIfAbsent(OpenFault.key(entry), key -> new Patience());
        if (patiently && left.isLeftOut()) {
            return Optional.of(left.last);
        }
        Undo.Result result = undo.undo(entry, BUDGET).toCompletableFuture().join();
        result.canary()
                .ifPresent(words -> LOG.log(Level.WARNING, "The canary of gate {0}, {1}: {2}", new Object[] {
                    entry.ticket().id(), entry.cluster(), words
                }));
        if (result.out() && result.trouble().isEmpty()) {
            LOG.log(
                    result.canary().isPresent() ? Level.FINE : Level.INFO,
                    "{0} of gate {1} is out of {2}",
                    new Object[] {entry.change().object(), entry.ticket().id(), entry.cluster()});
            return Optional.empty();
        }
        left.failed(OpenFault.of(entry, result.trouble().orElse("it may still be in"), result.undoCommands()));
        return Optional.of(left.last);
    }

    /** After each failed round twice as many are left out. */
    private static final class Patience {

        private int pause = 1;
        private int toLeaveOut;
        private OpenFault last;

        boolean isLeftOut() {
            return toLeaveOut-- > 0;
        }

        void failed(OpenFault fault) {
            last = fault;
            toLeaveOut = pause - 1;
            pause = Math.min(2 * pause, MOST_ROUNDS_BETWEEN);
        }
    }
}
