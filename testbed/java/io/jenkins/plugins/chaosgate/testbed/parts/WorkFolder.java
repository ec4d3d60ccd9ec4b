package io.jenkins.plugins.chaosgate.testbed.parts;

import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one bed, {@code testbed/.run/127.N}: logs, data, configuration and keys. Whoever holds the block of
 * addresses holds the folder.
 */
public record WorkFolder(Path path) {

    /** An empty folder that only its owner may read. */
    public static WorkFolder create(Loopback block) {
        Path path =
                Home.folder().resolve("testbed/.run").resolve(block.toString().replaceAll("\\.0\\.0/16", ""));
        try {
            Files.createDirectories(path.getParent());
            delete(path);
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new WorkFolder(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("could not make the folder of the bed, " + path, failure);
        }
    }

    /** A folder in it, made when it is not there. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException("could not make " + path.resolve(name), failure);
        }
    }

    /** Writes a file and gives its path. */
    public Path write(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException("could not write " + path.resolve(name), failure);
        }
    }

    /** Deletes everything but the logs. */
    public void deleteAllButLogs() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(file -> !file.endsWith("logs")).toList()) {
                delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("could not tidy up " + path, failure);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
