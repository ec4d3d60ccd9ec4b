package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.PhaseSpan;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far a gate is, for people. */
public final class Progress {

    private Progress() {}

    /** {@code watching, 34 s left}: what a gate does at that time; empty before its first phase and after its end. */
    public static Optional<String> words(GateSnapshot gate, Instant now) {
        if (gate.verdict().isPresent()) {
            return Optional.empty();
        }
        return gate.phases().stream()
                .filter(span -> span.endedAt().isEmpty())
                .reduce((earlier, later) -> later)
                .map(span ->
                        LiveLine.doing(span.name()) + left(gate.experiment().watch(), span, now));
    }

    /** {@code 1 min 12 s}: how long a gate took; while it runs, how long it has been running at that time. */
    public static String length(GateSnapshot gate, Instant now) {
        Instant end = Times.end(gate).orElse(now);
        return Elapsed.length(Duration.between(gate.ticket().since(), end));
    }

    private static String left(Watch watch, PhaseSpan span, Instant now) {
        Optional<Duration> planned = span.name() == PhaseName.WARMUP
                ? Optional.of(watch.warmup())
                : span.name() == PhaseName.WATCH ? Optional.of(watch.duration()) : Optional.empty();
        return planned.map(length -> ", " + LiveLine.left(length.minus(Duration.between(span.startedAt(), now))))
                .orElse("");
    }
}
