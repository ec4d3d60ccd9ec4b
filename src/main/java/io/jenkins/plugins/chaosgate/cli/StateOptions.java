package io.jenkins.plugins.chaosgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where is written down what may be in a cluster. */
final class StateOptions {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where a run writes down what it is about to change, for sweep. "
                    + "%nDefault: $$XDG_STATE_HOME/chaos-gate, then ~/.local/state/chaos-gate.")
    private Path directory;

    /** The folder of the journal. */
    Path journal(Surroundings surroundings) {
        return state(surroundings).resolve("journal");
    }

    /**
     * The folder of the journal, made where it is missing.
     *
     * @throws UsageException where nothing can be written there
     */
    Path writableJournal(Surroundings surroundings) {
        Path journal = journal(surroundings);
        try {
            Files.createDirectories(journal);
        } catch (IOException e) {
            throw new UsageException(
                    "nothing can be written down in " + journal + ": " + e + "; name another place with" + " --state");
        }
        if (!Files.isWritable(journal)) {
            throw new UsageException("nothing can be written down in " + journal + ": it is not writable; name another"
                    + " place with --state");
        }
        return journal;
    }

    private Path state(Surroundings surroundings) {
        return Optional.ofNullable(directory)
                .or(() -> surroundings
                        .variable("XDG_STATE_HOME")
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .map(home -> home.resolve("chaos-gate")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state", "chaos-gate"));
    }
}
