package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.GateIds;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.report.HtmlReport;
import io.jenkins.plugins.chaosgate.report.JUnitReport;
import io.jenkins.plugins.chaosgate.report.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which reports are written, and where to. A file is either the whole report or not there: each is moved into place. */
final class ReportOptions {

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Writes report.json and report.html there; the directory is made where it is missing.")
    private Path directory;

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes the result as JUnit XML.")
    private Path junit;

    /** The report for people, where one is asked for. */
    Optional<Path> page() {
        return Optional.ofNullable(directory).map(dir -> dir.resolve("report.html"));
    }

    /**
     * Makes the directories, before anything is hurt.
     *
     * @throws UsageException where that does not work
     */
    void prepare() {
        for (Path file : wanted().keySet()) {
            try {
                Files.createDirectories(directoryOf(file));
            } catch (IOException e) {
                throw new UsageException("no report can be written to " + directoryOf(file) + ": " + e);
            }
            if (!Files.isWritable(directoryOf(file))) {
                throw new UsageException("no report can be written to " + directoryOf(file) + ": it is not writable");
            }
        }
    }

    /** Writes all that are asked for; one that fails is said and does not keep the others from being written. */
    boolean write(GateSnapshot gate, java.io.PrintStream err) {
        boolean allWritten = true;
        for (Map.Entry<Path, Function<GateSnapshot, String>> report : wanted().entrySet()) {
            try {
                write(report.getKey(), report.getValue().apply(gate));
            } catch (IOException | RuntimeException e) {
                err.println("error: the report " + report.getKey() + " could not be written: " + e);
                allWritten = false;
            }
        }
        return allWritten;
    }

    private Map<Path, Function<GateSnapshot, String>> wanted() {
        Map<Path, Function<GateSnapshot, String>> wanted = new LinkedHashMap<>();
        if (directory != null) {
            wanted.put(directory.resolve("report.json"), JsonReport::of);
            wanted.put(directory.resolve("report.html"), HtmlReport::of);
        }
        if (junit != null) {
            wanted.put(junit, JUnitReport::of);
        }
        return wanted;
    }

    private static Path directoryOf(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static void write(Path file, String text) throws IOException {
        Path unfinished = directoryOf(file).resolve("." + file.getFileName() + "." + GateIds.next());
        try {
            Files.writeString(unfinished, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            try {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
