package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever comes after a crash takes out what the journal lists. */
class UndoTest {

    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeJournal journal = new FakeJournal(clock);
    private Instant crash;

    @BeforeEach
    void aGateThatCrashed() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", Guarded.EXPERIMENT.watch());
        new Gate(Guarded.EXPERIMENT, ticket, mesh, new FakeMetrics(clock, mesh), clock, event -> {}, journal).run();
        clock.advance(Duration.ofSeconds(20));
        clock.killWhoeverWaits();
        crash = clock.now();
        assertThat(mesh.hurts()).isTrue();
    }

    private List<Undo.Result> undoAll() {
        return journal.list().toCompletableFuture().join().stream()
                .map(this::undo)
                .toList();
    }

    private Undo.Result undo(JournalEntry entry) {
        return clock.turnUntil(
                new Undo(mesh, journal, clock).undo(entry, BUDGET).toCompletableFuture());
    }

    @Test
    void takesOutWhatIsInAndClosesTheJournal() {
        assertThat(undoAll()).hasSize(2).allSatisfy(result -> {
            assertThat(result.out()).isTrue();
            assertThat(result.trouble()).isEmpty();
            assertThat(result.undoCommands()).isEmpty();
        });
        assertThat(mesh.hurts()).isFalse();
        assertThat(mesh.guardedUntil).isEmpty();
        assertThat(journal.entries).isEmpty();
        assertThat(clock.now()).isEqualTo(crash);
    }

    @Test
    void isHarmlessTwiceAndWhereNothingIsLeft() {
        List<JournalEntry> entries = journal.list().toCompletableFuture().join();
        clock.advance(Duration.ofMinutes(10));
        assertThat(mesh.hurts()).isFalse();
        for (int i = 0; i < 2; i++) {
            entries.forEach(entry -> assertThat(undo(entry).out()).isTrue());
        }
        assertThat(journal.entries).isEmpty();
    }

    /** As if the process had died before it heard the cluster's answer. */
    private JournalEntry unanswered(String identity) {
        JournalEntry entry = journal.list().toCompletableFuture().join().get(0);
        JournalEntry unanswered =
                new JournalEntry(entry.cluster(), identity, entry.ticket(), entry.change(), entry.openedAt(), false);
        journal.entries.replaceAll((object, found) -> found.equals(entry) ? unanswered : found);
        return unanswered;
    }

    @Test
    void whatIsNotThereMayStillComeInWhereNobodyHeardOfIt() {
        mesh.objects.clear();
        JournalEntry entry = unanswered("");
        Undo.Result early = undo(entry);
        assertThat(early.out()).isFalse();
        assertThat(early.certainAt()).contains(entry.openedAt().plusSeconds(150));
        assertThat(early.trouble().orElseThrow()).contains("is not there, but", "may still be carried out");
        assertThat(early.undoCommands()).isNotEmpty();
        assertThat(journal.entries).hasSize(2);

        clock.advance(Duration.between(clock.now(), early.certainAt().get()));
        assertThat(undo(entry).out()).isTrue();
        assertThat(journal.entries).hasSize(1);
    }

    @Test
    void whoeverWaitsLongEnoughTakesOutWhatComesInLate() {
        JournalEntry entry = unanswered("");
        mesh.objects.clear();
        clock.after(Duration.ofSeconds(40))
                .thenRun(() -> mesh.objects.add(entry.change().object()));
        Undo.Result result = clock.turnUntil(new Undo(mesh, journal, clock)
                .undo(entry, Duration.ofMinutes(5))
                .toCompletableFuture());
        assertThat(result.out()).isTrue();
        assertThat(clock.now()).isBetween(crash.plusSeconds(40), crash.plusSeconds(42));
        assertThat(mesh.hurts()).isFalse();
    }

    @Test
    void whatIsThereHasComeInAndIsOutOnceItIsTakenOut() {
        JournalEntry entry = unanswered("");
        assertThat(undo(entry).out()).isTrue();
        assertThat(clock.now()).isEqualTo(crash);
    }

    @Test
    void anotherClusterBehindTheSameAddressSaysNothingOfTheEntry() {
        mesh.objects.clear();
        mesh.identity = Optional.of("uid-of-another");
        JournalEntry entry = unanswered("uid-of-the-first");
        clock.advance(Duration.ofMinutes(10));
        Undo.Result result = undo(entry);
        assertThat(result.out()).isFalse();
        assertThat(result.isElsewhere()).isTrue();
        assertThat(result.trouble().orElseThrow())
                .contains("is not the one in which it was put in", "uid-of-the-first", "uid-of-another");
        assertThat(mesh.calls).doesNotContain("rollback");
        assertThat(journal.entries).hasSize(2);

        mesh.identity = Optional.of("uid-of-the-first");
        assertThat(undo(entry).out()).isTrue();
    }

    @Test
    void aClusterThatDoesNotTellWhichItIsPassesForTheRightOne() {
        JournalEntry entry = unanswered("uid-of-the-first");
        assertThat(undo(entry).out()).isTrue();
    }

    @Test
    void triesAgainUntilTheClusterAnswers() {
        Instant back = clock.now().plusSeconds(10);
        mesh.misbehave = call ->
                clock.now().isBefore(back) ? CompletableFuture.failedFuture(new IllegalStateException("503")) : null;
        JournalEntry entry = journal.list().toCompletableFuture().join().get(0);
        assertThat(undo(entry).out()).isTrue();
        assertThat(clock.now()).isBetween(back, back.plusSeconds(5));
        assertThat(journal.entries).hasSize(1);
    }

    @Test
    void saysWhatIsStillInAndLeavesItsEntryOpen() {
        mesh.misbehave = call -> CompletableFuture.failedFuture(new IllegalStateException("503"));
        JournalEntry entry = journal.list().toCompletableFuture().join().get(0);
        Undo.Result result = undo(entry);
        assertThat(result.out()).isFalse();
        assertThat(result.entry()).isEqualTo(entry);
        assertThat(result.trouble().orElseThrow()).contains("EnvoyFilter bookinfo/chaos-gate-7f3a-0", "503");
        assertThat(result.undoCommands()).singleElement().asString().startsWith("kubectl -n bookinfo delete");
        assertThat(clock.now()).isBeforeOrEqualTo(crash.plus(BUDGET));
        assertThat(journal.entries).hasSize(2);
    }

    @Test
    void anEntryThatCannotBeClosedIsOutAllTheSame() {
        journal.misbehave = call -> CompletableFuture.failedFuture(new IllegalStateException("read-only"));
        assertThat(undoAll()).allSatisfy(result -> {
            assertThat(result.out()).isTrue();
            assertThat(result.trouble()).contains("read-only");
        });
        assertThat(mesh.hurts()).isFalse();
        assertThat(journal.entries).hasSize(2);
    }
}
