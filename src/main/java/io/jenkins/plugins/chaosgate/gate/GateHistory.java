package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.CanaryRecord;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.FaultRecord;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Look;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Others;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.PhaseSpan;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Timings;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.Warning;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Remembers what happened in a gate, and gives it as a {@link GateSnapshot} at any moment. Safe between threads. */
public final class GateHistory implements GateListener {

    private final GateTicket ticket;
    private final Experiment experiment;
    private final List<PhaseSpan> phases = new ArrayList<>();
    private final List<List<Look>> looks = new ArrayList<>();
    private final Map<ObjectRef, Instant> injectedAt = new HashMap<>();
    private final Map<ObjectRef, Instant> removedAt = new HashMap<>();
    private final Map<Integer, Long> injectedRequests = new HashMap<>();
    private final Map<ObjectRef, List<String>> undoCommands = new LinkedHashMap<>();
    private final Map<Change, CanaryRecord> canary = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private Optional<Scene> scene = Optional.empty();
    private Optional<Change> guard = Optional.empty();
    private Optional<Instant> decidedAt = Optional.empty();
    private Optional<Others> others = Optional.empty();
    private PodState pods;
    private Optional<PodState> watchedPods = Optional.empty();
    private OptionalLong recoveryMillis = OptionalLong.empty();
    private Optional<Verdict> verdict = Optional.empty();

    public GateHistory(GateTicket ticket, Experiment experiment) {
        this.ticket = ticket;
        this.experiment = experiment;
        this.pods = PodState.unknown(experiment.pods());
        experiment.steadyState().forEach(threshold -> looks.add(new ArrayList<>()));
    }

    @Override
    public synchronized void on(GateEvent event) {
        pods = pods.after(event, experiment);
        if (pods.part() != PodState.Part.RECOVERY) {
            watchedPods = Optional.of(pods).filter(PodState::areKnown);
        }
        if (event instanceof GateEvent.PhaseStarted started) {
            if (started.phase() == PhaseName.PREFLIGHT) {
                beginAnew();
            }
            phases.add(new PhaseSpan(started.phase(), started.at(), Optional.empty()));
        } else if (event instanceof GateEvent.PhaseEnded ended) {
            phases.replaceAll(
                    span -> span.name() == ended.phase() && span.endedAt().isEmpty()
                            ? new PhaseSpan(span.name(), span.startedAt(), Optional.of(ended.at()))
                            : span);
        } else if (event instanceof GateEvent.Prepared prepared) {
            findings.addAll(prepared.findings());
            changes.addAll(prepared.changes());
            scene = Optional.of(prepared.scene());
            guard = prepared.guard();
            prepared.canary().forEach(step -> put(step, Optional.empty(), false, ""));
        } else if (event instanceof GateEvent.Observed observed) {
            IntStream.range(0, observed.readings().size()).forEach(index -> {
                GateEvent.Sight sight = observed.readings().get(index);
                looks.get(index).add(new Look(observed.at(), observed.phase(), sight.observation(), sight.missing()));
            });
        } else if (event instanceof GateEvent.FaultIn in) {
            injectedAt.put(in.change().object(), in.at());
        } else if (event instanceof GateEvent.Proven proven) {
            injectedRequests.putAll(proven.injectedRequests());
        } else if (event instanceof GateEvent.OthersSeen seen) {
            others = Optional.of(new Others(seen.hurt(), seen.requests()));
        } else if (event instanceof GateEvent.Decided decided) {
            decidedAt = decidedAt.or(() -> Optional.of(decided.at()));
        } else if (event instanceof GateEvent.FaultOut out) {
            removedAt.putIfAbsent(out.change().object(), out.at());
            undoCommands.remove(out.change().object());
        } else if (event instanceof GateEvent.StillIn stillIn) {
            undoCommands.put(stillIn.change().object(), stillIn.undoCommands());
            warnings.add(new Warning(stillIn.at(), stillIn.why()));
        } else if (event instanceof GateEvent.CanaryRolledBack rolledBack) {
            put(rolledBack.step(), Optional.of(rolledBack.at()), true, rolledBack.words());
        } else if (event instanceof GateEvent.CanaryLeft left) {
            put(left.step(), Optional.of(left.at()), false, left.why());
        } else if (event instanceof GateEvent.Recovered recovered) {
            recoveryMillis = OptionalLong.of(recovered.after().toMillis());
        } else if (event instanceof GateEvent.Warned warned) {
            warnings.add(new Warning(warned.at(), warned.text()));
        } else if (event instanceof GateEvent.Finished finished) {
            verdict = Optional.of(finished.verdict());
        }
    }

    /** A gate that was interrupted before anything was in begins anew: what it had seen until then counts no more. */
    private void beginAnew() {
        phases.clear();
        looks.forEach(List::clear);
        findings.clear();
        changes.clear();
        canary.clear();
        pods = PodState.unknown(experiment.pods());
        watchedPods = Optional.empty();
    }

    private void put(CanaryStep step, Optional<Instant> overAt, boolean isBack, String words) {
        canary.put(step.change(), new CanaryRecord(step, overAt, isBack, words));
    }

    /** What is known now. */
    public synchronized GateSnapshot snapshot() {
        return new GateSnapshot(
                ticket,
                experiment,
                scene,
                phases,
                findings,
                guard,
                IntStream.range(0, experiment.faults().size())
                        .mapToObj(this::faultRecord)
                        .toList(),
                IntStream.range(0, looks.size())
                        .mapToObj(index ->
                                new ThresholdRecord(experiment.steadyState().get(index), looks.get(index)))
                        .toList(),
                timings(),
                warnings,
                undoCommands.values().stream().flatMap(List::stream).toList(),
                others,
                watchedPods,
                List.copyOf(canary.values()),
                verdict);
    }

    private FaultRecord faultRecord(int index) {
        Optional<Change> change =
                changes.stream().filter(c -> c.faults().contains(index)).findFirst();
        Long injected = injectedRequests.get(index);
        return new FaultRecord(
                experiment.faults().get(index),
                change,
                change.map(c -> injectedAt.get(c.object())),
                change.map(c -> removedAt.get(c.object())),
                injected == null ? OptionalLong.empty() : OptionalLong.of(injected));
    }

    private Timings timings() {
        Optional<Instant> injecting = phases.stream()
                .filter(span -> span.name() == PhaseName.INJECT)
                .map(PhaseSpan::startedAt)
                .findFirst();
        Optional<Instant> allIn = !changes.isEmpty() && injectedAt.size() == changes.size()
                ? injectedAt.values().stream().max(Instant::compareTo)
                : Optional.empty();
        Optional<Instant> allOut = !removedAt.isEmpty() && removedAt.size() >= injectedAt.size()
                ? removedAt.values().stream().max(Instant::compareTo)
                : Optional.empty();
        return new Timings(
                between(injecting, allIn), between(allIn, decidedAt), between(decidedAt, allOut), recoveryMillis);
    }

    private static OptionalLong between(Optional<Instant> from, Optional<Instant> to) {
        return from.isPresent() && to.isPresent()
                ? OptionalLong.of(Duration.between(from.get(), to.get()).toMillis())
                : OptionalLong.empty();
    }
}
