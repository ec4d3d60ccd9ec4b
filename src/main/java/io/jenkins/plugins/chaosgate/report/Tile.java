package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Timings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long one thing took.
 *
 * @param length {@code 2.2 s}; a dash where it did not happen
 * @param meaning {@code under the fault until the decision}
 */
public record Tile(String length, String meaning) {

    /** The timings of a gate; none where nothing was injected. */
    public static List<Tile> of(GateSnapshot gate) {
        Timings timings = gate.timings();
        if (timings.injectMillis().isEmpty()) {
            return List.of();
        }
        return List.of(
                tile("until the fault was in", timings.injectMillis()),
                tile("under the fault until the decision", timings.detectMillis()),
                tile("from the decision until the fault was out", timings.rollbackMillis()),
                tile("until the steady state was back", timings.recoveryMillis()));
    }

    private static Tile tile(String meaning, OptionalLong millis) {
        return new Tile(millis.isPresent() ? Elapsed.length(Duration.ofMillis(millis.getAsLong())) : "–", meaning);
    }
}
