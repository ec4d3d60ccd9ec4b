package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Notices when somebody else takes our fault out, changes it, or routes calls in another way while it is watched. Looks beside the thresholds, so
 * that a slow cluster never delays a decision.
 */
final class DriftWatch {

    private final GateRun run;
    private final AtomicReference<Instant> lastAnswer;
    private final AtomicReference<Optional<String>> drift = new AtomicReference<>(Optional.empty());
    private final AtomicReference<String> silence = new AtomicReference<>("");
    private int looks;
    private CompletableFuture<Void> looking = CompletableFuture.completedFuture(null);

    DriftWatch(GateRun run) {
        this.run = run;
        this.lastAnswer = new AtomicReference<>(run.now());
    }

    /** Asks the cluster once more, unless it still owes the last answer; of the routing's places for one after the other. */
    void look() {
        if (looking.isDone()) {
            List<Routing.Place> places = run.scene().routing().places();
            look(places.isEmpty() ? places : List.of(places.get(looks++ % places.size())));
        }
    }

    /** The last look before a pass, at all places of the routing; done when all was answered, or given up. */
    CompletableFuture<Void> lookEverywhere() {
        return looking.thenCompose(answered -> look(run.scene().routing().places()));
    }

    private CompletableFuture<Void> look(List<Routing.Place> places) {
        Stream<CompletableFuture<Void>> changes =
                run.footprint.mayBeIn().stream().map(this::look);
        looking = CompletableFuture.allOf(
                Stream.concat(changes, places.stream().map(this::look)).toArray(CompletableFuture<?>[]::new));
        return looking;
    }

    /** A cluster that does not tell is noticed where it is asked for the fault. */
    private CompletableFuture<Void> look(Routing.Place place) {
        Duration limit = run.experiment.watch().missingData();
        return run.within(
                        limit,
                        "looking at the routing",
                        () -> run.injector.lookAtRouting(run.scene().routing(), place))
                .handle((changed, failure) -> {
                    if (failure == null) {
                        changed.ifPresent(what -> drift.compareAndSet(Optional.empty(), Optional.of(what)));
                    }
                    return null;
                });
    }

    private CompletableFuture<Void> look(Change change) {
        Duration limit = run.experiment.watch().missingData();
        return run.within(limit, "looking at " + change.object(), () -> run.injector.look(change))
                .handle((presence, failure) -> {
                    if (failure != null) {
                        silence.set(Failures.words(failure));
                        return null;
                    }
                    lastAnswer.set(run.now());
                    words(change, presence).ifPresent(what -> drift.compareAndSet(Optional.empty(), Optional.of(what)));
                    return null;
                });
    }

    /** What somebody else did to a change; empty where it is as it was made. */
    static Optional<String> words(Change change, Presence presence) {
        if (presence.state() == Presence.State.AS_MADE) {
            return Optional.empty();
        }
        String what = presence.state() == Presence.State.GONE ? " was removed" : " was changed";
        return Optional.of(change.object() + what + " by somebody else"
                + (presence.detail().isEmpty() ? "" : ": " + presence.detail()));
    }

    /** What somebody else did to our fault, or that the cluster has not told for too long; empty while all is well. */
    Optional<String> trouble(Instant now) {
        if (drift.get().isPresent()) {
            return drift.get();
        }
        Duration silent = Duration.between(lastAnswer.get(), now);
        return silent.compareTo(run.experiment.watch().missingData()) < 0
                        || run.footprint.mayBeIn().isEmpty()
                ? Optional.empty()
                : Optional.of("the cluster has not told for " + silent.toSeconds()
                        + " s whether the fault is still in"
                        + (silence.get().isEmpty() ? "" : ": " + silence.get()));
    }
}
