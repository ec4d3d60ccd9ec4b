package io.jenkins.plugins.chaosgate.gate.journal;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The journals of many clusters in one folder, a file for each entry. Several processes may share it. What each entry
 * holds has to be known to whoever may read the folder: no credential is in it.
 */
public final class FileJournal {

    private static final System.Logger LOG = System.getLogger(FileJournal.class.getName());

    /** Less than a gate waits for an entry to be written. */
    private static final long IDENTITY_SECONDS = 5;

    private final EntryFiles files;
    private final Executor executor;
    private final InstantSource clock;

    /**
     * @param folder made where it is missing
     * @param executor does the reading and writing
     * @param clock says when an entry was written
     */
    public FileJournal(Path folder, Executor executor, InstantSource clock) {
        this.files = new EntryFiles(folder);
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * All that is in the folder.
     *
     * @param entries of all clusters; newest first
     * @param unreadable files that should be entries, but cannot be understood; they stay, since each may be all that is
     *     known of a fault
     */
    public record Contents(List<JournalEntry> entries, List<Unreadable> unreadable) {

        public Contents {
            entries = List.copyOf(entries);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** A file that should be an entry, and why it is not understood. */
    public record Unreadable(Path file, String why) {}

    /** The journal of one cluster, by the name that its entries are to carry; nobody tells which cluster answers to it. */
    public Journal of(String cluster) {
        return of(cluster, () -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * The journal of one cluster.
     *
     * @param cluster the name that its entries are to carry
     * @param identity asks which cluster answers to that name; where that is not said in time the entry is written without it
     */
    public Journal of(String cluster, Supplier<CompletionStage<Optional<String>>> identity) {
        return new OfCluster(cluster, identity);
    }

    /** All entries. A file that cannot be read hides no other. */
    public CompletionStage<Contents> read() {
        return later(() -> {
            List<JournalEntry> entries = new ArrayList<>();
            List<Unreadable> unreadable = new ArrayList<>();
            for (Path file : files.all()) {
                try {
                    files.read(file).ifPresent(entries::add);
                } catch (IOException e) {
                    unreadable.add(new Unreadable(file, String.valueOf(e.getMessage())));
                }
            }
            entries.sort(Comparator.comparing(JournalEntry::openedAt).reversed());
            return new Contents(entries, unreadable);
        });
    }

    private final class OfCluster implements Journal {

        private final String cluster;
        private final Supplier<CompletionStage<Optional<String>>> asking;
        /** Once it is known. */
        private volatile Optional<String> identity = Optional.empty();

        OfCluster(String cluster, Supplier<CompletionStage<Optional<String>>> asking) {
            this.cluster = cluster;
            this.asking = asking;
        }

        @Override
        public CompletionStage<Void> open(GateTicket ticket, Change change) {
            return identity()
                    .thenCompose(known -> later(() -> {
                        files.write(new JournalEntry(cluster, known, ticket, change, clock.instant(), false));
                        return null;
                    }));
        }

        private CompletionStage<String> identity() {
            return identity.isPresent()
                    ? CompletableFuture.completedFuture(identity.get())
                    : asking.get()
                            .toCompletableFuture()
                            .copy()
                            .orTimeout(IDENTITY_SECONDS, TimeUnit.SECONDS)
                            .handle((told, failure) -> {
                                identity = failure == null ? told : Optional.empty();
                                return identity.orElse("");
                            });
        }

        @Override
        public CompletionStage<Void> answered(Change change) {
            return later(() -> {
                Optional<JournalEntry> entry = files.find(cluster, change);
                if (entry.isPresent()) {
                    files.write(entry.get().asAnswered());
                }
                return null;
            });
        }

        @Override
        public CompletionStage<Void> close(Change change) {
            return later(() -> {
                files.delete(cluster, change);
                return null;
            });
        }

        @Override
        public CompletionStage<List<JournalEntry>> list() {
            return read().thenApply(contents -> {
                contents.unreadable()
                        .forEach(file -> LOG.log(
                                System.Logger.Level.WARNING,
                                "The journal entry {0} cannot be read: {1}. Run chaos-gate sweep on its cluster, then delete"
                                        + " the file",
                                file.file(),
                                file.why()));
                return contents.entries().stream()
                        .filter(entry -> entry.cluster().equals(cluster))
                        .toList();
            });
        }
    }

    private <T> CompletionStage<T> later(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "the journal in " + files.folder() + " cannot be used: " + e.getMessage(), e);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }
}
