package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the events of a gate that was interrupted come to. Immutable. */
final class Past {

    private final Experiment experiment;
    private final Instant lastHeardOf;
    /** Since it began, or last began anew. */
    private final List<GateEvent> events;

    Past(GateMemory memory) {
        List<GateEvent> all = memory.events();
        experiment = memory.experiment();
        lastHeardOf = all.isEmpty()
                ? memory.ticket().since()
                : all.get(all.size() - 1).at();
        int beginning = 0;
        for (int i = 0; i < all.size(); i++) {
            beginning = starts(all.get(i), PhaseName.PREFLIGHT) ? i : beginning;
        }
        events = all.subList(beginning, all.size());
    }

    /** A watch that was interrupted. */
    record Watched(Instant beginning, SteadyState state, long hurt) {}

    /** All that happened since it began, or last began anew. */
    List<GateEvent> events() {
        return events;
    }

    /** The time of the last event: the controller went away then, or a little later. */
    Instant lastHeardOf() {
        return lastHeardOf;
    }

    /** How it ended; empty where it did not. */
    Optional<Verdict> finished() {
        return last(GateEvent.Finished.class).map(GateEvent.Finished::verdict);
    }

    /** What was decided last; empty where nothing was. */
    Optional<Verdict> decided() {
        return last(GateEvent.Decided.class).map(GateEvent.Decided::verdict);
    }

    /** What preflight found; empty where it did not get so far. */
    Optional<GateEvent.Prepared> prepared() {
        return last(GateEvent.Prepared.class);
    }

    /** Whether anything may have been changed in the cluster. */
    boolean hasBegunInjecting() {
        return begun(PhaseName.INJECT).isPresent();
    }

    /** Whether every change was seen to be in. */
    boolean isAllIn() {
        Set<Change> in = new HashSet<>();
        of(GateEvent.FaultIn.class).forEach(event -> in.add(event.change()));
        return prepared().map(plan -> in.containsAll(plan.changes())).orElse(false);
    }

    /** Whether the cluster had said that it made a change. */
    boolean isIn(Change change) {
        return of(GateEvent.FaultIn.class).anyMatch(event -> event.change().equals(change))
                || of(GateEvent.GuardIn.class).anyMatch(event -> event.guard().equals(change));
    }

    /** Whether a change was seen to be gone. */
    boolean isOut(Change change) {
        return of(GateEvent.FaultOut.class).anyMatch(event -> event.change().equals(change));
    }

    /** When the last change was seen to be gone; empty where one may still be in. */
    Optional<Instant> faultOutAt() {
        return prepared()
                .filter(plan -> plan.changes().stream().allMatch(this::isOut))
                .flatMap(plan -> last(GateEvent.FaultOut.class))
                .map(GateEvent.FaultOut::at);
    }

    /** From when on requests that were hurt are counted; empty where injecting never began. */
    Optional<Instant> faultInAt() {
        return begun(PhaseName.INJECT);
    }

    /** Whether the proxies showed that every fault hurt somebody. */
    boolean isProven() {
        return of(GateEvent.Proven.class)
                .anyMatch(proven -> proven.injectedRequests().values().stream()
                                .filter(count -> count > 0)
                                .count()
                        == experiment.faults().size());
    }

    /** Since when requests decide; empty where the faults were not yet seen to be in everywhere. */
    Optional<Instant> countsFrom() {
        return last(GateEvent.CountingBegan.class).map(GateEvent.CountingBegan::from);
    }

    /** Whether the steady state was waited for to the end. */
    boolean isRecoveryOver() {
        return of(GateEvent.PhaseEnded.class).anyMatch(ended -> ended.phase() == PhaseName.RECOVERY);
    }

    /** What of the canary's rollback was done, or left for good. */
    Set<Change> canaryOver() {
        return Stream.concat(
                        of(GateEvent.CanaryRolledBack.class).map(GateEvent.CanaryRolledBack::step),
                        of(GateEvent.CanaryLeft.class).map(GateEvent.CanaryLeft::step))
                .map(CanaryStep::change)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any of the canary was rolled back. */
    boolean isCanaryBack() {
        return of(GateEvent.CanaryRolledBack.class).findAny().isPresent();
    }

    /** When a phase began; empty where it did not. */
    Optional<Instant> begun(PhaseName phase) {
        return of(GateEvent.PhaseStarted.class)
                .filter(started -> started.phase() == phase)
                .map(GateEvent.PhaseStarted::at)
                .findFirst();
    }

    /** The phase that was interrupted; empty where none was. */
    Optional<PhaseName> openPhase() {
        Optional<PhaseName> open = Optional.empty();
        for (GateEvent event : events) {
            if (event instanceof GateEvent.PhaseStarted started) {
                open = Optional.of(started.phase());
            } else if (event instanceof GateEvent.PhaseEnded) {
                open = Optional.empty();
            }
        }
        return open;
    }

    /** The steady state as the warm-up left it; empty where there was none. */
    Optional<SteadyState> warmedUp() {
        return begun(PhaseName.WARMUP).map(since -> folded(SteadyState.fresh(experiment, since), PhaseName.WARMUP));
    }

    /** The watch as far as it got; empty where it did not begin. */
    Optional<Watched> watched() {
        return begun(PhaseName.WATCH).map(since -> new Watched(since, folded(fresh(since), PhaseName.WATCH), hurt()));
    }

    private SteadyState fresh(Instant since) {
        return warmedUp()
                .map(before -> before.next(
                        experiment, since, countsFrom().or(this::faultInAt).orElse(since)))
                .orElseGet(() -> SteadyState.fresh(experiment, since));
    }

    private SteadyState folded(SteadyState beginning, PhaseName phase) {
        SteadyState state = beginning;
        for (GateEvent event : events) {
            if (event instanceof GateEvent.Observed observed && observed.phase() == phase) {
                state = state.after(observed.at(), observed.readings());
            }
        }
        return state;
    }

    private long hurt() {
        return of(GateEvent.Proven.class)
                .flatMap(proven -> proven.injectedRequests().values().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static boolean starts(GateEvent event, PhaseName phase) {
        return event instanceof GateEvent.PhaseStarted started && started.phase() == phase;
    }

    private <T extends GateEvent> Stream<T> of(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    private <T extends GateEvent> Optional<T> last(Class<T> kind) {
        return of(kind).reduce((earlier, later) -> Objects.requireNonNull(later));
    }
}
