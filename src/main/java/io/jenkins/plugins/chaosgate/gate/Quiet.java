package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sees the proxies' counters of hurt requests stand still once the fault's objects are gone. An object that is gone says
 * only that the cluster forgot it: where the mesh's control plane is away, the proxies go on hurting.
 */
final class Quiet {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Whoever aborts waits: it gets a short look only. */
    private static final Duration LIMIT_WHEN_ABORTED = Duration.ofSeconds(5);

    private final GateRun run;
    private final List<Change> removed;
    private final Instant beginning;
    private Instant countFrom;
    private boolean stillHurting;
    private boolean said;

    Quiet(GateRun run, List<Change> removed) {
        this.run = run;
        this.removed = removed;
        this.beginning = run.now();
        this.countFrom = beginning;
    }

    /** Empty when they stand still, or when nobody can tell (which is warned of); else the failed rollback. */
    CompletableFuture<Optional<Verdict>> run() {
        if (!run.footprint.isProven()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return Repeat.until(() -> run.clock.after(INTERVAL).thenCompose(waited -> look()));
    }

    private CompletableFuture<Optional<Optional<Verdict>>> look() {
        Instant now = run.now();
        return Looks.injectedWhateverComes(run, new Window(countFrom, now)).thenApply(readings -> {
            if (readings.values().stream().allMatch(Quiet::standsStill)) {
                run.emit(new GateEvent.Quiet(run.now()));
                return Optional.of(Optional.empty());
            }
            boolean growing = readings.values().stream()
                    .anyMatch(reading -> Looks.count(reading).orElse(0) > 0);
            if (growing) {
                // The first growth may be of requests that were hurt before the delete; a scrape later there are none.
                if (stillHurting && !said) {
                    said = true;
                    run.warn("the fault's objects are gone, but the proxies still hurt requests; is the mesh's control"
                            + " plane (istiod) running? Waiting for them to stop");
                }
                stillHurting = true;
                countFrom = now;
            }
            return Duration.between(beginning, run.now()).compareTo(limit()) < 0
                    ? Optional.empty()
                    : Optional.of(givenUp(readings));
        });
    }

    private Duration limit() {
        if (run.askedToEnd().isPresent() && !stillHurting) {
            return LIMIT_WHEN_ABORTED;
        }
        return stillHurting ? RollBack.BUDGET : run.experiment.watch().missingData();
    }

    private Optional<Verdict> givenUp(Map<Integer, Reading> readings) {
        boolean growing = readings.values().stream()
                .anyMatch(reading -> Looks.count(reading).orElse(0) > 0);
        if (!growing) {
            run.warn(
                    "the fault's objects are gone, but nobody could tell whether the proxies stopped hurting requests: "
                            + readings.values());
            return Optional.empty();
        }
        String why = "the fault's objects are gone, but " + limit().toSeconds()
                + " s later the proxies still hurt requests; is the mesh's control plane (istiod) running?";
        removed.forEach(
                change -> run.emit(new GateEvent.StillIn(run.now(), change, why, run.injector.undoCommands(change))));
        return Optional.of(Verdict.rollbackFailed(why));
    }

    private static boolean standsStill(Reading reading) {
        return reading instanceof Reading.Value value && value.value() == 0;
    }
}
