package io.jenkins.plugins.chaosgate.gate.journal;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a journal. Each is there whole or not at all, and stays through a power cut: it is written beside its
 * place, forced to the disk, moved, and then the folder is forced, too. Blocks while it works.
 */
final class EntryFiles {

    private static final String ENDING = ".entry.json";
    private static final String DRAFT = ".draft";
    /** A draft is moved within a moment; one that is older was left by a crash. */
    private static final Duration OLD_DRAFT = Duration.ofHours(1);
    /** The API server takes no object beyond 1.5 MiB; as text in JSON it is longer, but never twice that. */
    static final int LARGEST_ENTRY = 4 << 20;
    /** A controller that leaves so many open has another problem; writing on would only fill the disk. */
    static final int MOST_ENTRIES = 1_000;

    private static final boolean FOLDERS_CAN_BE_FORCED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    EntryFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Writes an entry; one of the same change is replaced. */
    void write(JournalEntry entry) throws IOException {
        byte[] bytes = EntryJson.write(entry);
        if (bytes.length > LARGEST_ENTRY) {
            throw new IOException("an entry of " + bytes.length + " bytes for "
                    + entry.change().object() + " is more than the " + LARGEST_ENTRY + " that are taken");
        }
        Files.createDirectories(folder);
        Path file = file(entry.cluster(), entry.change());
        if (!Files.exists(file) && all().size() >= MOST_ENTRIES) {
            throw new IOException("it already holds " + MOST_ENTRIES + " open entries; run: chaos-gate sweep");
        }
        Path draft = Files.createTempFile(folder, "entry", DRAFT);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        force();
    }

    /** The entry of a change; empty where there is none. */
    Optional<JournalEntry> find(String cluster, Change change) throws IOException {
        return read(file(cluster, change));
    }

    /** Deletes the entry of a change; harmless where there is none. */
    void delete(String cluster, Change change) throws IOException {
        if (Files.deleteIfExists(file(cluster, change))) {
            force();
        }
    }

    /** The files of all entries, and drops what crashes left of entries that never were. */
    List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.toList();
            for (Path file : files) {
                if (file.toString().endsWith(DRAFT)) {
                    deleteIfOld(file);
                }
            }
            return files.stream()
                    .filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteIfOld(Path draft) throws IOException {
        try {
            if (Files.getLastModifiedTime(draft)
                    .toInstant()
                    .isBefore(Instant.now().minus(OLD_DRAFT))) {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException e) {
            // It was moved to its place meanwhile: then it is not old.
            return;
        }
    }

    /** Reads an entry; empty where it was closed meanwhile. */
    Optional<JournalEntry> read(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_ENTRY) {
                throw new IOException("it is larger than " + LARGEST_ENTRY + " bytes");
            }
            return Optional.of(EntryJson.read(Files.readAllBytes(file)));
        } catch (NoSuchFileException closed) {
            return Optional.empty();
        }
    }

    /** Named by the gate's id and a hash of the rest, so that no text from outside becomes part of a path. */
    private Path file(String cluster, Change change) {
        // A fault in a route and the canary's own weights may be edits of the same object.
        String rest = String.join(
                "\n",
                change.purpose().name(),
                cluster,
                change.object().apiVersion(),
                change.object().kind(),
                change.object().namespace(),
                change.object().name(),
                String.valueOf(change.edits()));
        return folder.resolve(
                hash(change.gate()).substring(0, 8) + "-" + hash(rest).substring(0, 24) + ENDING);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void force() throws IOException {
        if (FOLDERS_CAN_BE_FORCED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
