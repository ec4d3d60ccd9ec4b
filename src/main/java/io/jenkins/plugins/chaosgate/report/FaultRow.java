package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.FaultRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one fault, for a table.
 *
 * @param what {@code abort 100 % of calls to ratings with 500}
 * @param carriedBy the object in the cluster; empty where the fault was never planned
 * @param wentIn when it went in, since the gate's beginning; {@code never} where it did not
 * @param wentOut when it was seen to be gone; {@code in now}, {@code still in}, or a dash where it was never in
 * @param hurt how many requests it hurt, as the proxies counted; {@code not counted} where nobody could
 * @param mayBeIn whether the gate is over and the fault was not seen to be gone
 */
public record FaultRow(String what, String carriedBy, String wentIn, String wentOut, String hurt, boolean mayBeIn) {

    /** One row for each fault of the experiment, in its order. */
    public static List<FaultRow> of(GateSnapshot gate) {
        return gate.faults().stream().map(fault -> row(gate, fault)).toList();
    }

    private static FaultRow row(GateSnapshot gate, FaultRecord fault) {
        boolean isIn = fault.injectedAt().isPresent() && fault.removedAt().isEmpty();
        boolean isOver = gate.verdict().isPresent();
        return new FaultRow(
                fault.fault().describe(gate.experiment().target().namespace()),
                fault.change().map(change -> change.object().toString()).orElse(""),
                stamp(gate, fault.injectedAt()).orElse("never"),
                stamp(gate, fault.removedAt()).orElse(isIn ? isOver ? "still in" : "in now" : "–"),
                fault.injectedRequests().isPresent()
                        ? String.valueOf(fault.injectedRequests().getAsLong())
                        : "not counted",
                isIn && isOver);
    }

    private static Optional<String> stamp(GateSnapshot gate, Optional<Instant> at) {
        return at.map(time -> Elapsed.stamp(Duration.between(gate.ticket().since(), time)));
    }
}
