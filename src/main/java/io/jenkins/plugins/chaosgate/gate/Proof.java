package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Waits until the proxies report that every fault hurt somebody, at each proxy that makes calls in its scope. A fault that touches
 * nobody proves nothing, so without that the gate ends inconclusive. A proxy may take a fault silently and never apply it: only
 * its counters tell. Where some have it later than others, requests count from then on: what a proxy without the fault lets
 * through would water down what those with it show.
 */
final class Proof implements Phase {

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(1);

    private final Optional<Instant> begun;

    Proof() {
        this(Optional.empty());
    }

    /** @param begun when it began, where it was interrupted; its time runs from then on */
    Proof(Optional<Instant> begun) {
        this.begun = begun;
    }

    @Override
    public PhaseName name() {
        return PhaseName.PROOF;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        Watch watch = run.experiment.watch();
        Instant beginning = begun.orElse(run.now());
        Duration interval = watch.interval().compareTo(AT_LEAST_EVERY) < 0 ? watch.interval() : AT_LEAST_EVERY;
        return new Loop(run, beginning, new Cadence(beginning, interval)).run();
    }

    private static final class Loop {

        private final GateRun run;
        private final Instant beginning;
        private final Cadence cadence;
        private final Set<String> late = new TreeSet<>();
        private FaultReach reach;

        Loop(GateRun run, Instant beginning, Cadence cadence) {
            this.run = run;
            this.beginning = beginning;
            this.cadence = cadence;
            this.reach = FaultReach.fresh(
                    run.experiment.faults(), run.footprint.faultInAt().orElseThrow());
        }

        CompletionStage<Optional<Verdict>> run() {
            return Repeat.until(() -> run.pause(cadence.untilNext(run.now())).thenCompose(waited -> look()));
        }

        private CompletionStage<Optional<Optional<Verdict>>> look() {
            Instant now = run.now();
            Window window = new Window(run.footprint.faultInAt().orElseThrow(), now);
            run.pods.look();
            return Looks.injected(run, window).thenApply(readings -> {
                report(run, readings);
                reach = reach.after(now, readings);
                Map<Integer, List<String>> lacking = reach.lacking();
                boolean bites = readings.values().stream().allMatch(Proof::isSomebodyHurt);
                if (bites) {
                    // From here on a rollback has to see it stop.
                    run.footprint.prove();
                    lacking.values().forEach(late::addAll);
                }
                if (bites && lacking.isEmpty()) {
                    begin(now, window.from());
                    return Optional.of(Optional.empty());
                }
                return ended(readings, lacking);
            });
        }

        private void begin(Instant now, Instant faultInAt) {
            Instant from = late.isEmpty() ? faultInAt : now;
            run.footprint.countFrom(from);
            if (!late.isEmpty()) {
                run.warn("requests count from " + from
                        + " on: only then had these proxies the fault, later than others: " + String.join(", ", late));
            }
            run.emit(new GateEvent.CountingBegan(now, from, List.copyOf(late)));
        }

        private Optional<Optional<Verdict>> ended(Map<Integer, Reading> readings, Map<Integer, List<String>> lacking) {
            // Pods that the fault takes down make no more calls that it could meet.
            Optional<Verdict> down = run.pods
                    .violated()
                    .map(words -> Verdict.violated(words + ", "
                            + Duration.between(run.footprint.faultInAt().orElseThrow(), run.now())
                                    .toSeconds()
                            + " s after the fault went in"));
            if (down.isPresent()) {
                return Optional.of(down);
            }
            Optional<Verdict> unguarded = run.footprint
                    .trouble(run.now())
                    .or(run.pods::changed)
                    .map(words -> Verdict.inconclusive("the experiment was disturbed: " + words));
            if (unguarded.isPresent()) {
                return Optional.of(unguarded);
            }
            Duration budget = run.experiment.watch().missingData();
            return Duration.between(beginning, run.now()).compareTo(budget) < 0
                    ? Optional.empty()
                    : Optional.of(Optional.of(Verdict.inconclusive(
                            readings.values().stream().allMatch(Proof::isSomebodyHurt)
                                    ? notEverywhere(run, lacking, budget)
                                    : unproven(run, readings, budget))));
        }
    }

    /** Tells how many requests were hurt so far, as far as that could be counted. */
    static void report(GateRun run, Map<Integer, Reading> readings) {
        Map<Integer, Long> counts = new TreeMap<>();
        readings.forEach((index, reading) -> Looks.count(reading).ifPresent(count -> counts.put(index, count)));
        Optional<Instant> newest = readings.values().stream()
                .flatMap(reading -> reading instanceof Reading.Value value
                        ? Optional.of(value.sampledAt()).stream()
                        : Optional.<Instant>empty().stream())
                .max(Instant::compareTo);
        newest.ifPresent(sampledAt -> run.emit(new GateEvent.Proven(run.now(), counts, sampledAt)));
    }

    private static boolean isSomebodyHurt(Reading reading) {
        return Looks.count(reading).orElse(0) > 0;
    }

    private static String notEverywhere(GateRun run, Map<Integer, List<String>> lacking, Duration budget) {
        return "the fault was in for " + budget.toSeconds() + " s but not at every proxy of the canary: "
                + lacking.entrySet().stream()
                        .map(entry -> run.experiment
                                        .faults()
                                        .get(entry.getKey())
                                        .describe(run.experiment.target().namespace())
                                + " met none of the newest calls at " + String.join(", ", entry.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String unproven(GateRun run, Map<Integer, Reading> readings, Duration budget) {
        return "the fault was in for " + budget.toSeconds() + " s but no proxy reported a request that it hurt: "
                + readings.entrySet().stream()
                        .filter(entry -> !isSomebodyHurt(entry.getValue()))
                        .map(entry -> run.experiment
                                        .faults()
                                        .get(entry.getKey())
                                        .describe(run.experiment.target().namespace())
                                + " (" + why(entry.getValue()) + ")")
                        .collect(Collectors.joining("; "));
    }

    private static String why(Reading reading) {
        return reading instanceof Reading.NoData missing
                ? missing.why().words() + ": " + missing.detail()
                : "0 requests hurt";
    }
}
