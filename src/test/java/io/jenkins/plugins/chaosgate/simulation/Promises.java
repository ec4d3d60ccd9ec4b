package io.jenkins.plugins.chaosgate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.cli.ExitStatuses;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has to hold of each gate's verdict, whatever happened to it.
 *
 * @param beginning when the gate began
 * @param log all that it said
 */
record Promises(Schedule schedule, World world, Troubles troubles, Instant beginning, List<GateEvent> log) {

    /** So old may the cluster's last word on a fault be: an answer that came slowly, sent three times. */
    private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(28);

    private static final String WHY_INCONCLUSIVE = "^(could not start: |nothing to judge before the fault: "
            + "|the guard could not be made, so no fault was put in, |the fault could not be put in, "
            + "|the target could not be locked, so no fault was put in, |no fault was put in: "
            + "|the fault was in for \\d+ s but no proxy reported a request that it hurt: "
            + "|the experiment was disturbed: |not enough was seen: |too little traffic: |the controller was away from "
            + "|the steady state did not come back )";

    /** Fails where a promise was broken. */
    void check(Verdict verdict) {
        assertThat(verdict.reason()).doesNotContain("the gate itself failed", "the rollback itself failed");
        assertThat(ExitStatuses.of(verdict) == 0).isEqualTo(verdict.isPassed());
        switch (verdict.kind()) {
            case PASSED -> {
                assertThat(schedule.canary()).as("passed").isEqualTo(SimulatedMetrics.Canary.HEALTHY);
                assertWasUnderFault();
            }
            case VIOLATED -> {
                assertThat(schedule.canary()).as("violated").isEqualTo(SimulatedMetrics.Canary.BROKEN);
                assertThat(hurt(beginning, world.clock.now())).as("violated").isPositive();
            }
            case ABORTED -> assertThat(schedule.abortAt()).as("aborted").isPresent();
            case ROLLBACK_FAILED ->
                assertThat(world.isFaultIn() || nobodyCouldTell())
                        .as("whether the fault is in, or nobody could tell: " + verdict.reason())
                        .isTrue();
            case INCONCLUSIVE -> {
                assertThat(verdict.reason()).containsPattern(WHY_INCONCLUSIVE);
                assertThat(schedule.isUndisturbed()
                                && List.of(SimulatedMetrics.Canary.HEALTHY, SimulatedMetrics.Canary.BROKEN)
                                        .contains(schedule.canary()))
                        .as("inconclusive although nothing went wrong: " + verdict.reason())
                        .isFalse();
            }
        }
        if (verdict.kind() != Verdict.Kind.ROLLBACK_FAILED && !troubles.mayHaveDeceived()) {
            assertThat(world.isFaultIn())
                    .as("a fault is in, but the gate said " + verdict)
                    .isFalse();
        }
    }

    private boolean nobodyCouldTell() {
        Instant rollback = begun(PhaseName.ROLLBACK).orElse(beginning);
        return schedule.kind() == Schedule.Kind.TWO_FAULTS
                || schedule.kind() == Schedule.Kind.VIRTUAL_SERVICE
                || troubles.seenGone().filter(rollback::isBefore).isEmpty();
    }

    /** From the watch's beginning to its end, but for how long the last answer of the cluster may have taken. */
    private void assertWasUnderFault() {
        Instant from = begun(PhaseName.WATCH).orElseThrow();
        Instant decided = log.stream()
                .filter(GateEvent.Decided.class::isInstance)
                .findFirst()
                .orElseThrow()
                .at();
        Instant to = schedule.edits().isEmpty() ? decided : decided.minus(SLOWEST_ANSWER);
        if (to.isAfter(from)) {
            assertThat(hurt(from, to))
                    .as("passed, watched from " + from + " to " + to)
                    .isGreaterThanOrEqualTo(Duration.between(from, to).minusMillis(200));
        }
    }

    private Duration hurt(Instant from, Instant to) {
        return world.mesh.hurt(new Window(from, to));
    }

    private Optional<Instant> begun(PhaseName phase) {
        return log.stream()
                .filter(event -> event instanceof GateEvent.PhaseStarted started && started.phase() == phase)
                .map(GateEvent::at)
                .reduce((earlier, later) -> later);
    }
}
