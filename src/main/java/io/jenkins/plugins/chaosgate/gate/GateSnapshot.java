package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.ThresholdState;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that is known of a gate at one moment, running or finished; what every report is made of. Immutable.
 *
 * @param scene empty until preflight has looked
 * @param guard what stands behind the faults; empty where nothing does, or they were never planned
 * @param others requests out of the faults' scope; empty where nobody could count them
 * @param pods what the canary's pods showed up to the end of the watch; empty where there are none to look at
 * @param canary what becomes of the canary itself, step by step; empty where it is left as it is
 * @param verdict empty while the gate runs
 * @param undoCommands what a person has to run to take out faults that are still in; empty where none is
 */
public record GateSnapshot(
        GateTicket ticket,
        Experiment experiment,
        Optional<Scene> scene,
        List<PhaseSpan> phases,
        List<Finding> findings,
        Optional<Change> guard,
        List<FaultRecord> faults,
        List<ThresholdRecord> thresholds,
        Timings timings,
        List<Warning> warnings,
        List<String> undoCommands,
        Optional<Others> others,
        Optional<PodState> pods,
        List<CanaryRecord> canary,
        Optional<Verdict> verdict) {

    public GateSnapshot {
        phases = List.copyOf(phases);
        findings = List.copyOf(findings);
        faults = List.copyOf(faults);
        thresholds = List.copyOf(thresholds);
        warnings = List.copyOf(warnings);
        undoCommands = List.copyOf(undoCommands);
        canary = List.copyOf(canary);
    }

    /** How a threshold stands: what its looks of the newest phase, up to the watch, come to. */
    public ThresholdState judged(ThresholdRecord record) {
        Watch watch = experiment.watch();
        ThresholdState state =
                ThresholdState.fresh(record.threshold(), ticket.since(), new Confidence(watch.alpha(), watch.beta()));
        PhaseName phase = PhaseName.WARMUP;
        for (Look look : record.looks()) {
            if (look.phase() == PhaseName.RECOVERY) {
                break;
            }
            if (look.phase() != phase) {
                phase = look.phase();
                state = state.next(beginning(phase).orElse(look.at()));
            }
            state = state.after(look.at(), look.observation(), look.missing().map(Reading.NoData::words));
        }
        return state;
    }

    private Optional<Instant> beginning(PhaseName phase) {
        return phases.stream()
                .filter(span -> span.name() == phase)
                .map(PhaseSpan::startedAt)
                .findFirst();
    }

    /**
     * A phase and its times.
     *
     * @param endedAt empty while it lasts
     */
    public record PhaseSpan(PhaseName name, Instant startedAt, Optional<Instant> endedAt) {}

    /**
     * What became of one fault.
     *
     * @param change what carries it in the cluster; empty where it was never planned
     * @param injectedAt when the cluster had taken it; empty where it never did
     * @param removedAt when the cluster, asked again, no longer showed it; empty while it may be in
     * @param injectedRequests how many requests it hurt, as the proxies counted; empty where nobody could count
     */
    public record FaultRecord(
            Fault fault,
            Optional<Change> change,
            Optional<Instant> injectedAt,
            Optional<Instant> removedAt,
            OptionalLong injectedRequests) {}

    /**
     * What became of one step of rolling the canary back.
     *
     * @param overAt when it was done, or left; empty where it has not come to that
     * @param back whether it was done, as the cluster showed, asked again
     * @param words what came of it, or why it was left; empty where it has not come to that
     */
    public record CanaryRecord(CanaryStep step, Optional<Instant> overAt, boolean back, String words) {}

    /** What one threshold showed, look by look. */
    public record ThresholdRecord(Threshold threshold, List<Look> looks) {
        public ThresholdRecord {
            looks = List.copyOf(looks);
        }
    }

    /**
     * One look at one threshold: an observation, or why there was none.
     *
     * @param at when the gate looked, by its own clock
     */
    public record Look(
            Instant at, PhaseName phase, Optional<Observation> observation, Optional<Reading.NoData> missing) {}

    /**
     * How long things took, in milliseconds; each is empty where it did not happen.
     *
     * @param injectMillis from the start of injecting until the cluster had taken all changes
     * @param detectMillis from then until the gate decided
     * @param rollbackMillis from the decision until the cluster no longer showed any change
     * @param recoveryMillis from then until the steady state was back
     */
    public record Timings(
            OptionalLong injectMillis,
            OptionalLong detectMillis,
            OptionalLong rollbackMillis,
            OptionalLong recoveryMillis) {}

    /**
     * Requests out of the faults' scope while these were in.
     *
     * @param requests all of them; empty where only the hurt ones are counted
     */
    public record Others(long hurt, OptionalLong requests) {}

    /** Something people should know. */
    public record Warning(Instant at, String text) {}
}
