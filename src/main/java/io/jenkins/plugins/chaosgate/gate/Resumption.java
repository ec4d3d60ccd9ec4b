package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the way that a gate still has to go after its controller was away. It watches on only where the fault is in as it
 * was, the guard stands, and nothing was missed for too long; whatever else was in comes out.
 */
final class Resumption {

    private final GateRun run;
    private final Past past;
    private boolean isPhaseEnded;

    /** @param run knows already what the past left in the cluster */
    Resumption(GateRun run, Past past) {
        this.run = run;
        this.past = past;
    }

    CompletableFuture<Course> course() {
        return run.footprint.recall().thenCompose(forgotten -> {
            if (past.decided().isPresent()) {
                Course rest = Course.after(past.decided().get(), past.isRecoveryOver());
                return going(rest, PhaseName.ROLLBACK, "");
            }
            if (run.canary.isBegun()) {
                return going(Course.to(undecided()), PhaseName.ROLLBACK, "");
            }
            if (!past.hasBegunInjecting() && !forgotten.isEmpty()) {
                return going(Course.to(forgotten(forgotten)), PhaseName.ROLLBACK, "");
            }
            if (!past.hasBegunInjecting() && past.watched().isEmpty()) {
                // What stood ready for the fault is made anew, too.
                endPhase(PhaseName.PREFLIGHT);
                return RollBack.letGo(run)
                        .thenCompose(done -> going(
                                Course.of(run.experiment),
                                PhaseName.PREFLIGHT,
                                "; nothing was in yet, so it begins anew"));
            }
            return standing().thenCompose(trouble -> {
                Instant now = run.now();
                return disturbed(now, trouble)
                        .map(verdict -> going(Course.to(verdict), PhaseName.ROLLBACK, ""))
                        .orElseGet(this::watchOn);
            });
        });
    }

    private CompletableFuture<Course> watchOn() {
        Phase watch = past.watched().map(UnderFault::new).orElseGet(UnderFault::new);
        return past.watched().isPresent()
                ? going(Course.through(List.of(watch)), PhaseName.WATCH, "; it watches on")
                : going(
                        Course.through(List.of(new Proof(past.begun(PhaseName.PROOF)), watch)),
                        PhaseName.PROOF,
                        "; it goes on");
    }

    /** Tells that it was away; the phase in which that happened is over, unless it is the one that goes on. */
    private CompletableFuture<Course> going(Course course, PhaseName next, String words) {
        endPhase(next);
        run.warn("resumed: " + away(run.now()) + words);
        return CompletableFuture.completedFuture(course);
    }

    private void endPhase(PhaseName next) {
        if (!isPhaseEnded) {
            isPhaseEnded = true;
            past.openPhase()
                    .filter(open -> open != next)
                    .ifPresent(open -> run.emit(new GateEvent.PhaseEnded(past.lastHeardOf(), open)));
        }
    }

    private String away(Instant now) {
        return "the controller was away from " + past.lastHeardOf() + " to " + now + ", " + gap(now).toSeconds() + " s";
    }

    private Duration gap(Instant now) {
        Duration gap = Duration.between(past.lastHeardOf(), now);
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    private Verdict forgotten(List<JournalEntry> entries) {
        return Verdict.inconclusive(
                away(run.now()) + ": the log ends before a fault went in, but by the journal it did: "
                        + String.join(
                                ", ",
                                entries.stream()
                                        .map(entry -> entry.change().object().toString())
                                        .toList()));
    }

    private Verdict undecided() {
        return Verdict.inconclusive(away(run.now())
                + ": the log ends before the decision, but by the journal it was to roll the canary back");
    }

    // --- what the cluster says ---

    /** Prolongs the guard and the lock at once, then looks at the fault; why it cannot stay, one reason each. */
    private CompletableFuture<List<String>> standing() {
        return guard().thenCompose(gone -> gone.isPresent() ? CompletableFuture.completedFuture(gone) : lock())
                .thenCompose(
                        gone -> gone.isPresent() ? CompletableFuture.completedFuture(List.of(gone.get())) : changes());
    }

    private CompletableFuture<Optional<String>> lock() {
        if (run.footprint.lock.mayBeIn().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Change lock = run.footprint.lock.mayBeIn().get();
        Instant asked = run.now();
        return run.within(limit(), "prolonging " + lock.object(), () -> run.injector
                        .lock()
                        .renew(lock))
                .handle((renewed, failure) -> {
                    if (failure != null) {
                        return Optional.of("the lock could not be prolonged: " + Failures.words(failure));
                    }
                    if (!renewed) {
                        return Optional.of(
                                "the lock " + lock.object() + " was lost, so another gate may have the target");
                    }
                    run.footprint.lock.keep(Heartbeat.ofLock(run, lock, asked));
                    return Optional.empty();
                });
    }

    private CompletableFuture<Optional<String>> guard() {
        if (run.footprint.guard.mayBeIn().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Change guard = run.footprint.guard.mayBeIn().get();
        Instant asked = run.now();
        return run.within(limit(), "prolonging " + guard.object(), () -> run.injector.prolong(guard))
                .handle((prolonged, failure) -> {
                    if (failure != null) {
                        return Optional.of("the guard could not be prolonged: " + Failures.words(failure));
                    }
                    if (!prolonged) {
                        return Optional.of(
                                run.experiment.isControlRun()
                                        ? "the guard is gone, and the lock with it"
                                        : "the guard had taken the fault out, or somebody had removed both");
                    }
                    run.footprint.guard.keep(Heartbeat.ofGuard(run, guard, asked));
                    return Optional.empty();
                });
    }

    private CompletableFuture<List<String>> changes() {
        CompletableFuture<List<String>> all = CompletableFuture.completedFuture(List.of());
        for (Change change : run.footprint.mayBeIn()) {
            all = all.thenCombine(look(change), Resumption::joined);
        }
        return all;
    }

    private CompletableFuture<Optional<String>> look(Change change) {
        return run.within(limit(), "looking at " + change.object(), () -> run.injector.look(change))
                .handle((presence, failure) -> failure == null
                        ? DriftWatch.words(change, presence)
                        : Optional.of(change.object() + " could not be looked at: " + Failures.words(failure)));
    }

    /** One lost beat is what a lease allows anyway. */
    private Duration limit() {
        return run.experiment.guard().lease().dividedBy(3);
    }

    private static List<String> joined(List<String> before, Optional<String> one) {
        List<String> all = new ArrayList<>(before);
        one.ifPresent(all::add);
        return all;
    }

    // --- what follows from it ---

    private Optional<Verdict> disturbed(Instant now, List<String> trouble) {
        List<String> reasons = new ArrayList<>(trouble);
        if (past.hasBegunInjecting() && !past.isAllIn()) {
            reasons.add("it went away while the fault was going in");
        }
        past.watched()
                .map(watched -> watched.beginning().plus(run.experiment.watch().duration()))
                .filter(end -> !now.isBefore(end))
                .ifPresent(end -> reasons.add("the watch was to end at " + end));
        blind(now).ifPresent(words -> reasons.add("not enough was seen: " + words));
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(Verdict.inconclusive(away(now) + ": " + String.join("; ", reasons)));
    }

    private Optional<String> blind(Instant now) {
        Duration limit = run.experiment.watch().missingData();
        return past.watched().isPresent()
                ? past.watched().get().state().blindFor(limit, now)
                : Optional.of("nothing for " + gap(now).toSeconds() + " s")
                        .filter(words -> gap(now).compareTo(limit) >= 0);
    }
}
