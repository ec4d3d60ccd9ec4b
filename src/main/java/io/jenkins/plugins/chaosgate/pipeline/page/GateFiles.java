package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.model.Run;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a build keeps what its gates wrote down: one log for each gate, beside the build's own log. */
public final class GateFiles {

    private static final String FOLDER = "chaos-gate";

    private GateFiles() {}

    /**
     * The log of a gate; it need not be there.
     *
     * @throws IllegalArgumentException where the id is none that a gate can have: nothing else may become a file's name
     */
    public static Path file(Run<?, ?> run, String gateId) {
        if (!gateId.matches("[a-z0-9]{4,20}")) {
            throw new IllegalArgumentException("a gate's id is 4 to 20 lower-case letters and digits, not: " + gateId);
        }
        return run.getRootDir().toPath().resolve(FOLDER).resolve(gateId + ".jsonl");
    }

    /**
     * What is known of a gate, running or finished; empty where the build has no log of it.
     *
     * @throws IOException where there is one that cannot be read
     */
    public static Optional<GateSnapshot> read(Run<?, ?> run, String gateId) throws IOException {
        Path log = file(run, gateId);
        return Files.isRegularFile(log) ? Optional.of(GateMemory.read(log).snapshot()) : Optional.empty();
    }
}
