package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Watches the canary's pods from the end of preflight to the end of the gate, without telemetry. Looks beside the
 * thresholds, so that a slow cluster never delays a decision; but where a pass rests on it the last look is waited for.
 */
final class PodWatch {

    private final GateRun run;
    private volatile PodState state;
    private volatile CompletableFuture<Void> looking = CompletableFuture.completedFuture(null);
    /** When the first of the questions was asked that were not answered since; empty where the last one was. */
    private volatile Optional<Instant> unansweredSince = Optional.empty();

    private volatile String silence = "";
    private volatile boolean isOver;

    PodWatch(GateRun run) {
        this.run = run;
        this.state = PodState.unknown(run.experiment.pods());
    }

    /** Every event of the gate, also those of an earlier process. */
    void hear(GateEvent event) {
        state = state.after(event, run.experiment);
        isOver |= event instanceof GateEvent.Finished;
    }

    /** Asks the cluster once more, unless it still owes the last answer. */
    void look() {
        if (looking.isDone() && state.areKnown()) {
            looking = ask();
        }
    }

    /** Asks once more in any case; done when that was answered, or given up. */
    CompletableFuture<Void> lookAgain() {
        if (state.areKnown()) {
            looking = looking.thenCompose(answered -> ask());
        }
        return looking;
    }

    private CompletableFuture<Void> ask() {
        unansweredSince = unansweredSince.or(() -> Optional.of(run.now()));
        Duration limit = run.experiment.watch().missingData();
        return run.within(
                        limit,
                        "looking at the canary's pods",
                        () -> run.injector.lookAtPods(run.experiment.target(), state.last()))
                .handle((pods, failure) -> {
                    if (failure == null) {
                        unansweredSince = Optional.empty();
                        seen(pods);
                    } else {
                        silence = Failures.words(failure);
                    }
                    return null;
                });
    }

    private void seen(CanaryPods pods) {
        PodState before = state;
        if (isOver || pods.equals(before.last())) {
            return;
        }
        run.emit(new GateEvent.PodsSeen(run.now(), pods));
        if (state.ends() > before.ends() && state.failed().isEmpty()) {
            new PodChanges(before.before(), before.last(), pods)
                    .ended()
                    .forEach(ended -> run.warn(PodState.TITLE + ": " + PodWords.ended(ended) + ", within the limit of "
                            + state.limits().maxRestarts()));
        }
    }

    /** Whether the last look was answered, or there is nothing to look at. */
    boolean isSeen() {
        return unansweredSince.isEmpty();
    }

    /** That the limits are broken, in words; empty while they are not. */
    Optional<String> violated() {
        return state.violated().map(PodWatch::titled);
    }

    /** That the limits of thresholds are broken, or those of the pods, in words; empty while none is. */
    Optional<String> besides(Optional<String> thresholds) {
        return thresholds.isPresent()
                ? thresholds.map(
                        words -> words + violated().map(more -> "; " + more).orElse(""))
                : violated();
    }

    /** That containers ended too often or a pod failed, in words; empty while that is not so. */
    Optional<String> failed() {
        return state.failed().map(PodWatch::titled);
    }

    /** That these are no longer the same pods, or that the cluster has not told for too long; empty while all is well. */
    Optional<String> disturbed(Instant now) {
        return changed().or(() -> silent(now));
    }

    /** That these are no longer the same pods, in words; empty while they are. */
    Optional<String> changed() {
        return state.changed().map(PodWatch::titled);
    }

    /** That the cluster has not told for too long, in words; empty while it tells. */
    Optional<String> silent(Instant now) {
        return unansweredSince
                .filter(since -> Duration.between(since, now)
                                .compareTo(run.experiment.watch().missingData())
                        >= 0)
                .flatMap(since -> silenceWords());
    }

    /** For how long the cluster has not told, and why; empty where it answered the last question. */
    Optional<String> silenceWords() {
        return unansweredSince.map(since -> "the cluster has not told for "
                + Duration.between(since, run.now()).toSeconds() + " s how the canary's pods are"
                + (silence.isEmpty() ? "" : ": " + silence));
    }

    /** Whether as many are ready now as is asked for, as the last look showed. */
    boolean areReady() {
        return isSeen() && state.areReadyNow();
    }

    /** How ready they are now: {@code pods of the canary: 50 % ready, limit at least 100 %}; empty where nobody looks. */
    Optional<String> readyWords() {
        return state.areKnown()
                ? Optional.of(titled(Unit.FRACTION.format(state.readyNow()) + " ready, limit at least "
                        + Unit.FRACTION.format(state.limits().minReady())))
                : Optional.empty();
    }

    /** What a pass says of them: {@code pods of the canary: restarts 0, ready 100 %}; empty where nobody looks. */
    Optional<String> heldWords() {
        return state.areKnown() ? Optional.of(titled(PodWords.standing(state))) : Optional.empty();
    }

    private static String titled(String words) {
        return PodState.TITLE + ": " + words;
    }
}
