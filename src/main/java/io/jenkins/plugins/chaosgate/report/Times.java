package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.FaultRecord;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Warning;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a gate began, ended and was last heard of. */
final class Times {

    private Times() {}

    /** When it ended; empty while it runs. */
    static Optional<Instant> end(GateSnapshot gate) {
        return gate.verdict().map(verdict -> lastKnown(gate));
    }

    /** The newest time that anything in the snapshot carries; the gate's beginning where nothing happened yet. */
    static Instant lastKnown(GateSnapshot gate) {
        Stream<Instant> phases = gate.phases().stream()
                .flatMap(span -> Stream.concat(Stream.of(span.startedAt()), span.endedAt().stream()));
        Stream<Instant> looks = gate.thresholds().stream()
                .flatMap(record -> record.looks().stream())
                .map(Look::at);
        Stream<Instant> removals =
                gate.faults().stream().map(FaultRecord::removedAt).flatMap(Optional::stream);
        Stream<Instant> warnings = gate.warnings().stream().map(Warning::at);
        return Stream.of(phases, looks, removals, warnings)
                .flatMap(instants -> instants)
                .reduce(gate.ticket().since(), (a, b) -> a.isAfter(b) ? a : b);
    }
}
