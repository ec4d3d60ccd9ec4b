package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.Lateness;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What of one gate is, or may be, in the cluster. Each change is written down before it is asked for, here and in the
 * journal, and struck out only once it was seen to be gone.
 */
final class Footprint {

    private static final System.Logger LOG = System.getLogger(Footprint.class.getName());
    private static final Duration JOURNAL_LIMIT = Duration.ofSeconds(10);

    /** What takes the fault out should this process die. */
    final Kept guard = new Kept(this::open, this::close);

    /** What keeps other gates off the target. */
    final Kept lock = new Kept(this::open, this::close);

    private final GateRun run;
    private final Journal journal;
    private final List<Change> mayBeIn = new ArrayList<>();
    /** Of what an earlier process made. */
    private final Map<ObjectRef, Doubt> doubts = new ConcurrentHashMap<>();

    private volatile Optional<Instant> faultInAt = Optional.empty();
    private volatile Optional<Instant> faultOutAt = Optional.empty();
    private volatile Optional<Instant> countsFrom = Optional.empty();
    private volatile boolean proven;

    Footprint(GateRun run, Journal journal) {
        this.run = run;
        this.journal = journal;
    }

    // --- what an earlier process left ---

    /** What that process may have put in, but for what it saw to be gone again. */
    void restore(Past past) {
        GateEvent.Prepared plan = past.prepared().orElse(null);
        if (plan == null) {
            return;
        }
        guard.mayBeIn(plan.guard());
        lock.mayBeIn(run.injector.lock().write(run.experiment, run.ticket, plan.guard(), run.now()));
        Stream.of(guard.mayBeIn().stream(), lock.mayBeIn().stream(), plan.changes().stream())
                .flatMap(changes -> changes)
                .filter(change -> !past.isIn(change))
                .forEach(change -> doubts.put(change.object(), new Doubt(latestDoubt(), "")));
        if (!past.hasBegunInjecting()) {
            return;
        }
        plan.changes().stream().filter(change -> !past.isOut(change)).forEach(this::add);
        faultInAt = past.faultInAt();
        faultOutAt = past.faultOutAt();
        countsFrom = past.countsFrom();
        proven = past.isProven();
    }

    /**
     * Adds what is open in the journal for this gate. A log is written in a hurry: its end may be lost, the journal's is
     * not. Never fails; where the journal cannot be read, that is warned of.
     *
     * @return what was added; without what rolls the canary back, which is not to be taken out
     */
    CompletableFuture<List<JournalEntry>> recall() {
        return TimeLimit.within(run.clock, JOURNAL_LIMIT, "reading the journal", journal::list)
                .thenApply(entries -> {
                    List<JournalEntry> ours = entries.stream()
                            .filter(entry -> entry.change().gate().equals(run.ticket.id()))
                            .toList();
                    recallDoubts(ours);
                    return ours;
                })
                .exceptionally(failure -> {
                    run.warn("the journal could not be read: " + Failures.words(failure));
                    return List.of();
                })
                .thenApply(ours -> {
                    recallCanary(ours);
                    List<JournalEntry> forgotten = ours.stream()
                            .filter(entry -> !entry.change().rollsCanaryBack())
                            .filter(entry -> !isKnown(entry.change().object()))
                            .toList();
                    forgotten.forEach(entry -> add(entry.change()));
                    return forgotten;
                });
    }

    /** What has no entry was never asked for, or is known to be gone. */
    private void recallDoubts(List<JournalEntry> entries) {
        doubts.clear();
        entries.stream()
                .filter(entry -> !entry.change().rollsCanaryBack())
                .forEach(entry ->
                        doubts.put(entry.change().object(), Doubt.of(entry).atMost(latestDoubt())));
    }

    /** Whoever is dead sends nothing more. */
    private Instant latestDoubt() {
        return run.now().plus(Lateness.LANDS_WITHIN);
    }

    /** What this process cannot know of a change. */
    Doubt doubt(Change change) {
        return doubts.getOrDefault(change.object(), Doubt.NONE);
    }

    private void recallCanary(List<JournalEntry> entries) {
        entries.stream()
                .map(JournalEntry::change)
                .filter(Change::rollsCanaryBack)
                .forEach(change ->
                        run.canary.wasBegun(run.injector.canaryKeeper().read(change)));
    }

    private boolean isKnown(ObjectRef object) {
        return Stream.of(guard.mayBeIn().stream(), lock.mayBeIn().stream(), mayBeIn().stream())
                .flatMap(changes -> changes)
                .anyMatch(change -> change.object().equals(object));
    }

    // --- the changes ---

    /** To be done before a change is asked for: from then on it has to be taken out again. Where it fails, nothing has. */
    CompletableFuture<Void> willBeIn(Change change) {
        return open(change).thenAccept(written -> {
            add(change);
            faultInAt = faultInAt.or(() -> Optional.of(run.now()));
        });
    }

    /** The cluster has said that it made a change. Only how soon a successor is certain depends on that being written down. */
    void isAnswered(Change change) {
        doubts.remove(change.object());
        TimeLimit.within(run.clock, JOURNAL_LIMIT, "noting that it is in", () -> journal.answered(change))
                .exceptionally(failure -> {
                    LOG.log(System.Logger.Level.DEBUG, "It was not noted that {0} is in", change.object());
                    return null;
                });
    }

    private void add(Change change) {
        synchronized (mayBeIn) {
            mayBeIn.add(change);
        }
    }

    /** A change was seen to be gone. Done when that is written down, or could not be; never fails. */
    CompletableFuture<Void> isOut(Change change) {
        synchronized (mayBeIn) {
            mayBeIn.remove(change);
        }
        return close(change);
    }

    List<Change> mayBeIn() {
        synchronized (mayBeIn) {
            return List.copyOf(mayBeIn);
        }
    }

    // --- what stands behind them ---

    /** Why the gate can no longer go on as it is: its guard is lost, or its lock; empty while all is well. */
    Optional<String> trouble(Instant now) {
        return guard.trouble(now).or(() -> lock.trouble(now));
    }

    // --- the journal ---

    /** To be done before the canary is touched: from then on whoever comes later can tell. Where it fails, nothing was. */
    CompletableFuture<Void> writeDown(Change canarys) {
        return open(canarys);
    }

    /** What became of the canary is certain. Done when that is written down, or could not be; never fails. */
    CompletableFuture<Void> strikeOut(Change canarys) {
        return close(canarys);
    }

    /** An answer that is lost may have been a yes: an entry that could not be written is struck out again. */
    private CompletableFuture<Void> open(Change change) {
        return TimeLimit.within(
                        run.clock,
                        JOURNAL_LIMIT,
                        "writing " + change.object() + " down in the journal",
                        () -> journal.open(run.ticket, change))
                .exceptionallyCompose(
                        failure -> close(change).thenCompose(closed -> CompletableFuture.failedFuture(failure)));
    }

    private CompletableFuture<Void> close(Change change) {
        return TimeLimit.within(run.clock, JOURNAL_LIMIT, "striking it out", () -> journal.close(change))
                .exceptionally(failure -> {
                    run.warn((change.rollsCanaryBack()
                                    ? "what became of " + change.object() + " is certain"
                                    : change.object() + " is not in")
                            + ", but the journal still lists it (" + Failures.words(failure)
                            + "); it will be looked for once more");
                    return null;
                });
    }

    // --- the fault as a whole ---

    /** Whether there is anything to take out. */
    boolean isEmpty() {
        return mayBeIn().isEmpty()
                && guard.mayBeIn().isEmpty()
                && lock.mayBeIn().isEmpty();
    }

    /** Whether a fault was, or may be, in: then taking it out is a phase of its own. */
    boolean wasFaultIn() {
        return faultInAt.isPresent() || !mayBeIn().isEmpty();
    }

    /** When the first change was about to be asked for; empty where none was. */
    Optional<Instant> faultInAt() {
        return faultInAt;
    }

    /** When the last change was seen to be gone; empty where none was in, or one still is. */
    Optional<Instant> faultOutAt() {
        return faultOutAt;
    }

    /** Since when requests decide: since the fault went in, unless some proxies had it later; empty where none is in. */
    Optional<Instant> countsFrom() {
        return countsFrom.or(() -> faultInAt);
    }

    void countFrom(Instant from) {
        countsFrom = Optional.of(from);
    }

    void faultIsOut(Instant at) {
        faultOutAt = Optional.of(at);
    }

    /** Whether the proxies showed that every fault hurt somebody. */
    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
    }
}
