package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened at a time.
 *
 * @param at since the gate's beginning: {@code 00:12.8}
 */
public record TimedLine(String at, String words) {

    /** What people should know. */
    public static List<TimedLine> warnings(GateSnapshot gate) {
        return gate.warnings().stream()
                .map(warning -> new TimedLine(stamp(gate, warning.at()), warning.text()))
                .toList();
    }

    /** The phases, each with its length: {@code watching, 2.2 s}. */
    public static List<TimedLine> phases(GateSnapshot gate) {
        return gate.phases().stream()
                .map(span -> {
                    String length = span.endedAt()
                            .map(end -> Elapsed.length(Duration.between(span.startedAt(), end)))
                            .orElse("not ended");
                    return new TimedLine(stamp(gate, span.startedAt()), LiveLine.doing(span.name()) + ", " + length);
                })
                .toList();
    }

    private static String stamp(GateSnapshot gate, Instant at) {
        return Elapsed.stamp(Duration.between(gate.ticket().since(), at));
    }
}
