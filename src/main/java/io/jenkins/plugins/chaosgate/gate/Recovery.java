package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Waits for the steady state to come back once the fault is out. Looks back over a few intervals only: what was counted
 * under the fault must not weigh on the time after it.
 */
final class Recovery implements Phase {

    private static final int INTERVALS = 3;
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(5);

    private final Verdict decided;

    /** @param decided what the gate would say without this phase */
    Recovery(Verdict decided) {
        this.decided = decided;
    }

    @Override
    public PhaseName name() {
        return PhaseName.RECOVERY;
    }

    /** Gives a verdict where a pass cannot stand because the steady state did not come back. */
    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        Watch watch = run.experiment.watch();
        Cadence cadence = new Cadence(run.now(), watch.interval());
        boolean[] begun = new boolean[1];
        return Repeat.until(() -> {
            Duration wait = begun[0] ? cadence.untilNext(run.now()) : Duration.ZERO;
            begun[0] = true;
            return run.pause(wait).thenCompose(waited -> look(run));
        });
    }

    private CompletionStage<Optional<Optional<Verdict>>> look(GateRun run) {
        Watch watch = run.experiment.watch();
        Instant out = run.footprint.faultOutAt().orElseThrow();
        Instant now = run.now();
        return Looks.at(run, now, countFrom(out, now, watch.interval()))
                .thenCombine(run.orAborted(run.pods.lookAgain()), (result, looked) -> {
                    SteadyState state = SteadyState.fresh(run.experiment, out).after(now, result.sights());
                    Duration left = Duration.between(now, out.plus(watch.recovery()));
                    run.emit(new GateEvent.Observed(
                            now, PhaseName.RECOVERY, result.sights(), left.isNegative() ? Duration.ZERO : left));
                    boolean timeIsUp = left.isZero() || left.isNegative();
                    // A few requests may be a bit over a limit by chance; only what is certain is held against the
                    // canary.
                    boolean isBack = state.holdsNow() || timeIsUp && state.isUnbroken();
                    if (isBack && run.pods.areReady()) {
                        run.emit(new GateEvent.Recovered(now, Duration.between(out, now)));
                        return Optional.of(notByItself(run));
                    }
                    return timeIsUp ? Optional.of(notBack(run, state)) : Optional.empty();
                });
    }

    private static Instant countFrom(Instant out, Instant now, Duration interval) {
        Duration reach = interval.multipliedBy(INTERVALS);
        Instant recent = now.minus(reach.compareTo(SHORTEST_WINDOW) < 0 ? SHORTEST_WINDOW : reach);
        return recent.isAfter(out) ? recent : out;
    }

    /** The steady state is back, but pods had to be started again for that, or others are there now. */
    private Optional<Verdict> notByItself(GateRun run) {
        Optional<Verdict> failed = run.pods
                .failed()
                .map(words ->
                        Verdict.violated("the canary recovered only by a restart after the fault was out: " + words));
        Optional<Verdict> verdict = failed.or(() -> run.pods
                .changed()
                .map(words -> Verdict.inconclusive("whether the canary recovers by itself was not seen: " + words)));
        verdict.ifPresent(told -> run.warn(told.reason()));
        return verdict.filter(told -> decided.isPassed());
    }

    private static String podsWords(GateRun run) {
        if (run.pods.areReady()) {
            return "";
        }
        return run.pods
                .failed()
                .or(run.pods::changed)
                .or(() -> run.pods.isSeen() ? run.pods.readyWords() : run.pods.silenceWords())
                .orElse("");
    }

    private Optional<Verdict> notBack(GateRun run, SteadyState state) {
        String words = "the steady state did not come back within "
                + run.experiment.watch().recovery().toSeconds() + " s after the fault was out: "
                + Stream.of(state.brokenWords(run.now()), podsWords(run))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("; "));
        run.warn(words);
        if (!decided.isPassed()) {
            return Optional.empty();
        }
        boolean isKnown =
                state.isSeen() && run.pods.isSeen() && run.pods.changed().isEmpty();
        return Optional.of(isKnown ? Verdict.violated(words) : Verdict.inconclusive(words));
    }
}
