package io.jenkins.plugins.chaosgate.gate.memory;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.GateHistory;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a gate from its log, also of one whose process is dead. Immutable.
 *
 * @param events all that happened, in order, as far as it was written down
 */
public record GateMemory(GateTicket ticket, Experiment experiment, List<GateEvent> events) {

    public GateMemory {
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(experiment, "experiment");
        events = List.copyOf(events);
    }

    /**
     * Reads a log that {@link GateLog} writes, or wrote; a last line that was cut off by a crash is left out.
     *
     * @throws IOException where there is no log, or it cannot be understood; says why
     */
    public static GateMemory read(Path file) throws IOException {
        return LogFile.read(file).memory();
    }

    /** The gate as it was at the last event. */
    public GateSnapshot snapshot() {
        GateHistory history = new GateHistory(ticket, experiment);
        events.forEach(history::on);
        return history.snapshot();
    }

    /** How the gate ended; empty where it did not, or nobody wrote it down. */
    public Optional<Verdict> verdict() {
        return events.stream()
                .filter(GateEvent.Finished.class::isInstance)
                .map(event -> ((GateEvent.Finished) event).verdict())
                .findFirst();
    }
}
