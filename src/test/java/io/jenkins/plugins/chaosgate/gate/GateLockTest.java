package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.WhenBusy;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How gates keep out of each other's way. */
class GateLockTest {

    private static final String HELD = "gate aaaa of https://ci/job/2/, since noon";

    private final VirtualClock clock = new VirtualClock();
    private final Instant beginning = clock.now();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    private final FakeLock lock = new FakeLock();
    private final FakeJournal journal = new FakeJournal(clock);
    private Experiment experiment = Guarded.EXPERIMENT;
    private GateHistory history;
    private Gate gate;

    @BeforeEach
    void locked() {
        mesh.lock = lock;
    }

    private CompletableFuture<Verdict> start() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        history = new GateHistory(ticket, experiment);
        gate = new Gate(experiment, ticket, mesh, metrics, clock, history, journal);
        return gate.run().toCompletableFuture();
    }

    private Verdict run() {
        return clock.turnUntil(start());
    }

    private List<PhaseName> phases() {
        return history.snapshot().phases().stream()
                .map(GateSnapshot.PhaseSpan::name)
                .toList();
    }

    private List<String> warnings() {
        return history.snapshot().warnings().stream()
                .map(GateSnapshot.Warning::text)
                .toList();
    }

    private void assertNothingIsLeft() {
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.guardedUntil).isEmpty();
        assertThat(journal.entries).isEmpty();
    }

    @Test
    void theLockIsTakenAfterTheGuardAndGivenBackBeforeIt() {
        assertThat(run().isPassed()).isTrue();
        assertThat(lock.takes()).isEqualTo(1);
        assertThat(lock.calls).contains("renew");
        assertThat(mesh.calls)
                .containsSubsequence("injectGuard", "inject", "rollback", "rollbackLock", "rollbackGuard");
        assertThat(phases()).startsWith(PhaseName.PREFLIGHT, PhaseName.LOCK, PhaseName.WARMUP);
        assertNothingIsLeft();
    }

    @Test
    void nobodyElseGetsTheTargetBeforeTheGateHasSeenItsRecovery() {
        metrics.instead = question -> question instanceof Question.ValueOf && phases().contains(PhaseName.RECOVERY)
                ? new Reading.NoData(Reading.Why.STALE, "old")
                : null;
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(95));
        assertThat(phases()).endsWith(PhaseName.ROLLBACK, PhaseName.RECOVERY);
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.calls)
                .containsSubsequence("rollback", "prolong")
                .doesNotContain("rollbackLock", "rollbackGuard");
        assertThat(mesh.guardedUntil).isPresent();

        clock.turnUntil(verdict);
        assertThat(mesh.calls).containsSubsequence("rollback", "prolong", "rollbackLock", "rollbackGuard");
        assertNothingIsLeft();
    }

    @Test
    void aGateWaitsItsTurnAndThenLooksAgain() {
        lock.holder = attempt -> attempt <= 3 ? FakeLock.alive(HELD) : Optional.empty();
        assertThat(run().isPassed()).isTrue();
        assertThat(lock.takes()).isEqualTo(4);
        assertThat(warnings()).singleElement().asString().startsWith("the target is held by " + HELD + "; waiting for");
        assertThat(mesh.calls.stream().filter("plan"::equals)).hasSize(2);
        assertThat(mesh.calls.stream().filter("dryRunGuard"::equals)).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void whatIsFoundAfterTheWaitCounts() {
        lock.holder = attempt -> {
            mesh.findings.clear();
            mesh.findings.add(Finding.error("canary", "the canary is gone"));
            return attempt == 1 ? FakeLock.alive(HELD) : Optional.empty();
        };
        Verdict verdict = run();
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason()).contains("the canary is gone");
        assertThat(mesh.calls).doesNotContain("inject").contains("rollbackLock", "rollbackGuard");
        assertNothingIsLeft();
    }

    @Test
    void aGateWaitsNoLongerThanItIsTold() {
        experiment = experiment.withWhenBusy(new WhenBusy(WhenBusy.Kind.WAIT, Duration.ofMinutes(2)));
        lock.holder = attempt -> FakeLock.alive(HELD);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason())
                .isEqualTo("the target is held by " + HELD + ", and was for the 120 s of busyLimit");
        assertThat(mesh.calls).doesNotContain("inject");
        assertNothingIsLeft();
    }

    @Test
    void aGateThatDoesNotWaitSaysWhoHoldsTheTarget() {
        experiment = experiment.withWhenBusy(new WhenBusy(WhenBusy.Kind.FAIL, Duration.ofMinutes(2)));
        lock.holder = attempt -> FakeLock.alive(HELD);
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(3));
        assertThat(verdict).isCompleted();
        assertThat(verdict.join().reason())
                .isEqualTo("the target is held by " + HELD + "; say whenBusy: wait to wait for it");
        assertNothingIsLeft();
    }

    @Test
    void aHolderThatMayBeDeadIsWatchedUntilThatIsKnown() {
        experiment = experiment.withWhenBusy(new WhenBusy(WhenBusy.Kind.FAIL, Duration.ofMinutes(2)));
        lock.holder = attempt -> clock.now().isBefore(beginning.plusSeconds(30))
                ? Optional.of(new TargetLock.Holder(HELD, Duration.ofSeconds(10)))
                : Optional.empty();
        assertThat(run().isPassed()).isTrue();
    }

    @Test
    void whoAbortsAGateThatWaitsNeedNotWait() {
        lock.holder = attempt -> FakeLock.alive(HELD);
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(20));
        gate.abort("nobody wants it any more");
        clock.turnUntil(verdict);
        assertThat(verdict.join().kind()).isEqualTo(Verdict.Kind.ABORTED);
        assertThat(clock.now()).isBefore(beginning.plusSeconds(25));
        assertNothingIsLeft();
    }

    @Test
    void aLockThatIsLostBeforeTheFaultKeepsTheFaultOut() {
        lock.renewed = CompletableFuture.completedFuture(false);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("no fault was put in: the lock " + FakeLock.LEASE
                        + " is gone, so another gate may have the target");
        assertThat(mesh.calls).doesNotContain("inject");
        assertNothingIsLeft();
    }

    @Test
    void aLockThatIsLostUnderTheFaultEndsTheGate() {
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(20));
        assertThat(mesh.hurts()).isTrue();
        lock.renewed = CompletableFuture.completedFuture(false);
        clock.turnUntil(verdict);
        assertThat(verdict.join().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.join().reason()).contains("disturbed: the lock", "another gate may have the target");
        assertNothingIsLeft();
    }

    @Test
    void aClusterThatDoesNotSayWhetherItIsTakenKeepsTheFaultOut() {
        lock.lost = true;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("could not be locked", "the answer was lost");
        assertThat(mesh.calls).doesNotContain("inject").contains("rollbackLock");
        assertNothingIsLeft();
    }

    @Test
    void whileTheFaultStandsTheLockIsKept() {
        mesh.misbehave = call -> call.startsWith("rollback")
                ? CompletableFuture.failedFuture(new IllegalStateException("forbidden"))
                : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        assertThat(mesh.calls).doesNotContain("rollbackLock");
    }
}
