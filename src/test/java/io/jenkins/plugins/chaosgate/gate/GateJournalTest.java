package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is put in that was not written down, and nothing is struck out that may be in. */
class GateJournalTest {

    private static final String GUARD = "Job bookinfo/chaos-gate-7f3a";
    private static final String FIRST = "EnvoyFilter bookinfo/chaos-gate-7f3a-0";
    private static final String SECOND = "EnvoyFilter bookinfo/chaos-gate-7f3a-1";

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    private final FakeJournal journal = new FakeJournal(clock);
    private GateHistory history;

    @BeforeEach
    void oneList() {
        journal.calls = mesh.calls;
        mesh.changesPerGate = 2;
    }

    private CompletableFuture<Verdict> start() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", Guarded.EXPERIMENT.watch());
        history = new GateHistory(ticket, Guarded.EXPERIMENT);
        return new Gate(Guarded.EXPERIMENT, ticket, mesh, metrics, clock, history, journal)
                .run()
                .toCompletableFuture();
    }

    private Verdict run() {
        return clock.turnUntil(start());
    }

    private List<String> writes() {
        return mesh.calls.stream()
                .filter(call -> !call.matches("plan|dryRun.*|look|prolong"))
                .toList();
    }

    private List<PhaseName> phases() {
        return history.snapshot().phases().stream()
                .map(GateSnapshot.PhaseSpan::name)
                .toList();
    }

    private static <T> CompletableFuture<T> failure(String message) {
        return CompletableFuture.failedFuture(new IllegalStateException(message));
    }

    @Test
    void eachChangeIsWrittenDownFirstAndStruckOutLast() {
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(writes())
                .containsExactly(
                        "open " + GUARD,
                        "injectGuard",
                        "open " + FIRST,
                        "inject",
                        "open " + SECOND,
                        "inject",
                        "rollback",
                        "close " + FIRST,
                        "rollback",
                        "close " + SECOND,
                        "rollbackGuard",
                        "close " + GUARD);
        assertThat(journal.entries).isEmpty();
    }

    @Test
    void anEntryHoldsAllThatASuccessorNeeds() {
        start();
        clock.advance(Duration.ofSeconds(15));
        assertThat(journal.entries.keySet()).containsExactly(GUARD, FIRST, SECOND);
        assertThat(journal.entries.values()).allSatisfy(entry -> {
            assertThat(entry.ticket().origin()).isEqualTo("a test");
            assertThat(entry.change().gate()).isEqualTo("7f3a");
        });
        assertThat(journal.entries.values().stream().map(JournalEntry::openedAt))
                .containsExactly(
                        clock.now().minusSeconds(15),
                        clock.now().minusSeconds(5),
                        clock.now().minusSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {GUARD, FIRST, SECOND})
    void whatCannotBeWrittenDownIsNotPutIn(String object) {
        journal.misbehave = call -> call.equals("open " + object) ? failure("No space left on device") : null;
        Verdict verdict = run();

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("could not be", object, "No space left on device");
        assertThat(writes().subList(writes().indexOf("open " + object) + 1, writes().size()))
                .noneMatch(call -> call.startsWith("inject"));
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.guardedUntil).isEmpty();
        assertThat(journal.entries).isEmpty();
    }

    @Test
    void whereNothingWasPutInNothingIsTakenOut() {
        journal.misbehave = call -> call.equals("open " + GUARD) ? failure("No space left on device") : null;
        run();
        assertThat(phases()).containsExactly(PhaseName.PREFLIGHT, PhaseName.LOCK);
        assertThat(writes()).containsExactly("open " + GUARD, "close " + GUARD);
    }

    @Test
    void aFaultThatWasNeverPutInHasNothingToRecoverFrom() {
        journal.misbehave = call -> call.equals("open " + FIRST) ? failure("No space left on device") : null;
        run();
        assertThat(phases()).containsExactly(PhaseName.PREFLIGHT, PhaseName.LOCK, PhaseName.WARMUP, PhaseName.INJECT);
        assertThat(mesh.timeIn()).isEqualTo(Duration.ZERO);
    }

    @Test
    void anEntryThatWasWrittenThoughItSeemedNotIsStruckOut() {
        journal.effectDespiteFailure = true;
        journal.misbehave = call -> call.startsWith("open") ? failure("the answer was lost") : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(mesh.calls).noneMatch(call -> call.startsWith("inject"));
        assertThat(journal.entries).isEmpty();
    }

    @Test
    void aJournalThatKeepsSilentIsNotWaitedForForEver() {
        journal.misbehave = call -> new CompletableFuture<>();
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("no answer within 10000 ms");
        assertThat(mesh.calls).noneMatch(call -> call.startsWith("inject"));
    }

    @Test
    void anEntryOfWhatIsStillInStaysOpen() {
        mesh.misbehave = call -> call.startsWith("rollback") ? failure("503") : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        assertThat(journal.entries.keySet()).containsExactly(GUARD, FIRST, SECOND);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEntryThatCannotBeStruckOutIsNoFaultThatIsIn(boolean silent) {
        journal.misbehave = call ->
                call.startsWith("close") ? silent ? new CompletableFuture<>() : failure("read-only file system") : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(mesh.objects).isEmpty();
        assertThat(history.snapshot().undoCommands()).isEmpty();
        assertThat(history.snapshot().warnings()).hasSize(3).allSatisfy(warning -> assertThat(warning.text())
                .contains("is not in, but the journal still lists it", silent ? "10000 ms" : "read-only"));
    }
}
