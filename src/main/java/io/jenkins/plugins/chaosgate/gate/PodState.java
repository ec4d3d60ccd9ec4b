package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the canary's pods have shown so far in one part of a gate. Immutable, and nothing but a fold over the gate's events:
 * {@link GateEvent.Prepared} has the pods that all others are compared with, each {@link GateEvent.PodsSeen} what came of them.
 *
 * @param before the pods as that part began
 * @param last the pods as they were last seen
 * @param counted the uids of the pods that count as ready or not: those that were there before, and others once they are ready
 * @param ends how often containers ended
 * @param leastReady the smallest share of the pods that was ready at one time, 0 to 1
 * @param failed that containers ended more often than is allowed, or a pod failed by itself, in words
 * @param unready that fewer were ready than is asked for, in words
 * @param changed that these are no longer the pods that were to be judged, in words
 */
public record PodState(
        PodLimits limits,
        Part part,
        CanaryPods before,
        CanaryPods last,
        Set<String> counted,
        int ends,
        double leastReady,
        Optional<String> failed,
        Optional<String> unready,
        Optional<String> changed) {

    /** The parts of a gate of which each begins to count anew. */
    public enum Part {
        BEFORE_THE_FAULT,
        WATCHED,
        RECOVERY
    }

    /** What people call it, among thresholds. */
    public static final String TITLE = "pods of the canary";

    /** Shares are quotients of small numbers. */
    private static final double ROUNDING = 1e-9;

    public PodState {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(last, "last");
        counted = Set.copyOf(counted);
    }

    /** Before preflight has looked. */
    static PodState unknown(PodLimits limits) {
        return begin(limits, Part.BEFORE_THE_FAULT, CanaryPods.NONE);
    }

    /** Where a part of the gate begins with these pods. */
    static PodState begin(PodLimits limits, Part part, CanaryPods pods) {
        Set<String> counted = new HashSet<>();
        pods.live().forEach(pod -> counted.add(pod.uid()));
        return new PodState(
                limits, part, pods, pods, counted, 0, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** After an event of the gate; the same where it does not tell of pods. */
    PodState after(GateEvent event, Experiment experiment) {
        if (event instanceof GateEvent.Prepared prepared) {
            return begin(limits, Part.BEFORE_THE_FAULT, prepared.scene().pods());
        }
        if (event instanceof GateEvent.PodsSeen seen) {
            return after(seen.pods());
        }
        if (event instanceof GateEvent.PhaseStarted started) {
            boolean isWatched = started.phase() == PhaseName.INJECT
                    || started.phase() == PhaseName.WATCH && experiment.isControlRun();
            return isWatched
                    ? begin(limits, Part.WATCHED, last)
                    : started.phase() == PhaseName.RECOVERY ? begin(limits, Part.RECOVERY, last) : this;
        }
        return this;
    }

    private PodState after(CanaryPods now) {
        PodChanges changes = new PodChanges(before, last, now);
        Set<String> stillCounted = new HashSet<>(counted);
        now.live().stream().filter(Pod::ready).forEach(pod -> stillCounted.add(pod.uid()));
        List<PodChanges.Ended> ended = changes.ended();
        int allEnds = ends + ended.stream().mapToInt(PodChanges.Ended::times).sum();
        Optional<String> failedNow = PodWords.failed(changes.failed())
                .or(() -> allEnds > limits.maxRestarts() ? PodWords.ended(ended, allEnds, limits) : Optional.empty());
        PodChanges.Readiness readiness = changes.readiness(stillCounted);
        Optional<String> changedUntilNow = changed.or(() -> PodWords.changed(changes));
        // Where pods are taken away, or others come, fewer are ready through no fault of theirs.
        boolean isTooLittle = changedUntilNow.isEmpty() && readiness.share() < limits.minReady() - ROUNDING;
        return new PodState(
                limits,
                part,
                before,
                now,
                stillCounted,
                allEnds,
                Math.min(leastReady, readiness.share()),
                failed.or(() -> failedNow),
                unready.or(() -> isTooLittle ? Optional.of(PodWords.unready(readiness, limits)) : Optional.empty()),
                changedUntilNow);
    }

    /** That the limits are broken, in words; empty while they are not. */
    public Optional<String> violated() {
        return failed.or(() -> unready);
    }

    /** The share of the pods that is ready now, 0 to 1; 1 where none is known. */
    public double readyNow() {
        return new PodChanges(last, last, last).readiness(counted).share();
    }

    /** Whether as many are ready now as is asked for. */
    public boolean areReadyNow() {
        return readyNow() >= limits.minReady() - ROUNDING;
    }

    /** Whether there is anything to look at. */
    public boolean areKnown() {
        return !before.isEmpty();
    }
}
