package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks telemetry for the thresholds and the injected requests, and turns its readings into observations. */
final class Looks {

    /**
     * What one look at everything showed.
     *
     * @param injected how many requests each fault met since it went in, by index of the fault
     * @param affected the same since counting began
     */
    record Result(List<Sight> sights, Map<Integer, Reading> injected, Map<Integer, Reading> affected) {}

    private Looks() {}

    /**
     * Looks at all thresholds, and at the injected requests where a fault was put in. Never fails for what telemetry
     * does not tell; fails with {@link AskedToEndException} when the gate is asked to end.
     *
     * @param countFrom nothing before that counts
     */
    static CompletableFuture<Result> at(GateRun run, Instant now, Instant countFrom) {
        List<Threshold> thresholds = run.experiment.steadyState();
        List<Question> questions = new ArrayList<>();
        List<Integer> stableAt = new ArrayList<>();
        thresholds.forEach(threshold ->
                questions.add(question(run, threshold, arm(threshold, run.scene()), now, countFrom, false)));
        for (Threshold threshold : thresholds) {
            stableAt.add(threshold.judging().maxRatio().isPresent() ? questions.size() : -1);
            if (threshold.judging().maxRatio().isPresent()) {
                questions.add(question(run, threshold, Optional.of(run.scene().stable()), now, countFrom, true));
            }
        }
        int injectedAt = questions.size();
        Optional<Instant> in = run.footprint.faultInAt();
        in.ifPresent(since -> questions.addAll(injectedQuestions(run, new Window(since, now))));
        int affectedAt = questions.size();
        in.filter(countFrom::isAfter)
                .ifPresent(since -> questions.addAll(injectedQuestions(run, new Window(countFrom, now))));
        return run.orAborted(read(run, questions)).thenApply(readings -> {
            List<Sight> sights = new ArrayList<>();
            for (int i = 0; i < thresholds.size(); i++) {
                Optional<Reading> stable =
                        stableAt.get(i) < 0 ? Optional.empty() : Optional.of(readings.get(stableAt.get(i)));
                sights.add(sight(thresholds.get(i), readings.get(i), stable));
            }
            Map<Integer, Reading> injected = byIndex(readings.subList(injectedAt, affectedAt));
            return new Result(
                    sights,
                    injected,
                    affectedAt == readings.size() ? injected : byIndex(readings.subList(affectedAt, readings.size())));
        });
    }

    /** How many requests each fault hurt within a window, by index of the fault. */
    static CompletableFuture<Map<Integer, Reading>> injected(GateRun run, Window window) {
        return run.orAborted(injectedWhateverComes(run, window));
    }

    /** The same, but an abort does not cut it short: for the time after the rollback. */
    static CompletableFuture<Map<Integer, Reading>> injectedWhateverComes(GateRun run, Window window) {
        return read(run, injectedQuestions(run, window)).thenApply(Looks::byIndex);
    }

    private static CompletableFuture<List<Reading>> read(GateRun run, List<Question> questions) {
        Duration limit = run.experiment.watch().missingData();
        return run.within(limit, "asking Prometheus", () -> run.metrics.read(questions))
                .exceptionally(failure -> questions.stream()
                        .map(question -> (Reading) new Reading.NoData(Reading.Why.TIMED_OUT, Failures.words(failure)))
                        .toList());
    }

    private static List<Question> injectedQuestions(GateRun run, Window window) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < run.experiment.faults().size(); i++) {
            questions.add(new Question.InjectedBy(
                    run.experiment.faults().get(i),
                    run.scene().injectionPoints().get(i),
                    window));
        }
        return questions;
    }

    private static Question question(
            GateRun run,
            Threshold threshold,
            Optional<Workloads> workloads,
            Instant now,
            Instant countFrom,
            boolean reference) {
        Instant from = countFrom;
        if (threshold instanceof ServiceThreshold service && Decide.of(threshold) == Decide.EVERY_SAMPLE) {
            Instant reach = now.minus(service.window());
            from = reach.isAfter(countFrom) ? reach : countFrom;
        }
        return new Question.ValueOf(
                threshold,
                workloads,
                new Window(from, now),
                countFrom,
                run.baseline(countFrom),
                workloads.filter(run.scene().canary()::equals).isPresent()
                        ? run.scene().canaryServices()
                        : Set.of(),
                reference);
    }

    private static Optional<Workloads> arm(Threshold threshold, Scene scene) {
        return threshold instanceof ServiceThreshold service ? scene.judgedBy(service) : Optional.empty();
    }

    private static Sight sight(Threshold threshold, Reading reading, Optional<Reading> stable) {
        if (reading instanceof Reading.NoData missing) {
            return new Sight(threshold, Optional.empty(), Optional.of(missing));
        }
        if (stable.orElse(null) instanceof Reading.NoData missing) {
            return new Sight(
                    threshold,
                    Optional.empty(),
                    Optional.of(new Reading.NoData(missing.why(), "stable version: " + missing.detail())));
        }
        Reading.Value value = (Reading.Value) reading;
        OptionalDouble reference = stable.map(other -> OptionalDouble.of(((Reading.Value) other).value()))
                .orElse(OptionalDouble.empty());
        boolean ok = Limits.hold(threshold, value.value(), reference);
        Observation observation = new Observation(
                value.sampledAt(), value.value(), value.requests(), reference, ok, counted(value, stable));
        return new Sight(threshold, Optional.of(observation), Optional.empty());
    }

    private static Optional<Counted> counted(Reading.Value judged, Optional<Reading> stable) {
        return stable.isEmpty()
                ? judged.counted()
                : judged.counted()
                        .flatMap(counted ->
                                ((Reading.Value) stable.get()).counted().map(counted::beside));
    }

    /** The same sights, but they know how many calls the faults met since counting began. */
    static List<Sight> affected(List<Sight> sights, OptionalLong calls) {
        return sights.stream()
                .map(sight -> new Sight(
                        sight.threshold(), sight.observation().map(seen -> seen.affecting(calls)), sight.missing()))
                .toList();
    }

    private static Map<Integer, Reading> byIndex(List<Reading> readings) {
        Map<Integer, Reading> byIndex = new TreeMap<>();
        for (int i = 0; i < readings.size(); i++) {
            byIndex.put(i, readings.get(i));
        }
        return byIndex;
    }

    /** The numbers among readings of injected requests; empty for a fault that nobody could count. */
    static OptionalLong count(Reading reading) {
        return reading instanceof Reading.Value value
                ? OptionalLong.of(Math.round(value.value()))
                : OptionalLong.empty();
    }
}
