package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Something that happened in a gate; whoever follows one sees these, in order. */
public sealed interface GateEvent {

    Instant at();

    record PhaseStarted(Instant at, PhaseName phase) implements GateEvent {}

    record PhaseEnded(Instant at, PhaseName phase) implements GateEvent {}

    /**
     * Preflight has looked at everything.
     *
     * @param guard what stands behind the changes; empty where nothing does
     * @param canary how the canary would be rolled back; empty where it would not
     */
    record Prepared(
            Instant at,
            List<Finding> findings,
            Scene scene,
            Optional<Change> guard,
            List<Change> changes,
            List<CanaryStep> canary)
            implements GateEvent {

        public Prepared {
            canary = List.copyOf(canary);
        }

        /** Without anything that would be done to the canary itself. */
        public Prepared(Instant at, List<Finding> findings, Scene scene, Optional<Change> guard, List<Change> changes) {
            this(at, findings, scene, guard, changes, List.of());
        }
    }

    /**
     * One look at all thresholds.
     *
     * @param readings what each threshold showed, in the experiment's order
     * @param left how much of the phase's time is left
     */
    record Observed(Instant at, PhaseName phase, List<Sight> readings, Duration left) implements GateEvent {}

    /** The guard is in the cluster, and the changes go in from now on. */
    record GuardIn(Instant at, Change guard) implements GateEvent {}

    /** A change is in the cluster. */
    record FaultIn(Instant at, Change change) implements GateEvent {}

    /**
     * How many requests each fault has hurt so far.
     *
     * @param injectedRequests by index of the fault; a fault that nobody could count is left out
     * @param sampledAt when the newest sample behind it was taken
     */
    record Proven(Instant at, Map<Integer, Long> injectedRequests, Instant sampledAt) implements GateEvent {}

    /**
     * The faults are in everywhere, and what is counted from now on decides.
     *
     * @param from since when requests count: since the fault went in, or since the last proxy had it
     * @param late the proxies that had it later than others; empty where all had it from the beginning
     */
    record CountingBegan(Instant at, Instant from, List<String> late) implements GateEvent {

        public CountingBegan {
            late = List.copyOf(late);
        }
    }

    /**
     * How many requests out of the faults' scope were made since these went in.
     *
     * @param hurt how many of them were hurt
     * @param requests all of them; empty where only the hurt ones are counted
     */
    record OthersSeen(Instant at, long hurt, OptionalLong requests) implements GateEvent {}

    /** The canary's pods are no longer as they were when last seen. */
    record PodsSeen(Instant at, CanaryPods pods) implements GateEvent {}

    /** What the gate will say, unless the rollback fails. */
    record Decided(Instant at, Verdict verdict) implements GateEvent {}

    /** A change is out of the cluster, read back. */
    record FaultOut(Instant at, Change change) implements GateEvent {}

    /** A change could not be taken out; the commands do it by hand. */
    record StillIn(Instant at, Change change, String why, List<String> undoCommands) implements GateEvent {}

    /** A step of rolling the canary back is done, read back; the words say what came of it. */
    record CanaryRolledBack(Instant at, CanaryStep step, String words) implements GateEvent {}

    /** A step of rolling the canary back was not done, or nobody knows; the step's commands do it by hand. */
    record CanaryLeft(Instant at, CanaryStep step, String why) implements GateEvent {}

    /** The proxies' counters were seen to stand still after the fault was taken out. */
    record Quiet(Instant at) implements GateEvent {}

    /** The steady state came back. */
    record Recovered(Instant at, Duration after) implements GateEvent {}

    /** Something people should know: an attempt that failed and will be made again, a threshold that did not recover. */
    record Warned(Instant at, String text) implements GateEvent {}

    /** The gate is over. */
    record Finished(Instant at, Verdict verdict) implements GateEvent {}

    /**
     * What one threshold showed at one look.
     *
     * @param observation empty where there was no data
     * @param missing why there was none; empty where there was
     */
    record Sight(Threshold threshold, Optional<Observation> observation, Optional<Reading.NoData> missing) {}
}
