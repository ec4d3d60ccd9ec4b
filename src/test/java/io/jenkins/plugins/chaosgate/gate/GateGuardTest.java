package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands behind a fault while a gate lives, and takes it out when it no longer does. */
class GateGuardTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    private final FakeJournal journal = new FakeJournal(clock);
    private Experiment experiment = experiment();
    private GateHistory history;
    private Gate gate;

    private static Experiment experiment() {
        Scope scope = new Scope(
                Map.of(),
                new ServiceName("ratings", "bookinfo"),
                OptionalInt.empty(),
                Map.of(),
                Percentage.ALL,
                OptionalInt.empty());
        return new Experiment(
                "guarded",
                new Target("bookinfo", Map.of("app", "reviews", "version", "v2"), Map.of()),
                Mechanism.ENVOY_FILTER,
                false,
                List.of(new HttpAbort(scope, 500)),
                List.of(new FailedRequests(
                        "failed requests",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Judging.by(Bounds.atMost(10)))),
                new Watch(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(200),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20)));
    }

    private CompletableFuture<Verdict> start() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        history = new GateHistory(ticket, experiment);
        gate = new Gate(experiment, ticket, mesh, metrics, clock, history, journal);
        return gate.run().toCompletableFuture();
    }

    private Instant in(int seconds) {
        return clock.now().plusSeconds(seconds);
    }

    private long calls(String name) {
        return mesh.calls.stream().filter(name::equals).count();
    }

    private List<String> warnings() {
        return history.snapshot().warnings().stream()
                .map(GateSnapshot.Warning::text)
                .toList();
    }

    private static <T> CompletableFuture<T> failure(String message) {
        return CompletableFuture.failedFuture(new IllegalStateException(message));
    }

    private void assertNothingIsLeft() {
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.guardedUntil).isEmpty();
    }

    @Test
    void aGateThatOutlivesItsLeaseKeepsItsFaultIn() {
        Verdict verdict = clock.turnUntil(start());

        assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(mesh.timeIn()).isGreaterThan(Duration.ofSeconds(200));
        assertThat(calls("prolong")).isEqualTo(21);
        assertThat(warnings()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void theGuardIsTheFirstInAndTheLastOut() {
        mesh.changesPerGate = 2;
        clock.turnUntil(start());
        List<String> writes = mesh.calls.stream()
                .filter(call -> call.startsWith("inject") || call.startsWith("rollback"))
                .toList();
        assertThat(writes).containsExactly("injectGuard", "inject", "inject", "rollback", "rollback", "rollbackGuard");
        assertThat(mesh.calls.indexOf("dryRunGuard")).isLessThan(mesh.calls.indexOf("dryRun"));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 19, 20, 21, 39, 57, 100, 210})
    void theClusterTakesOutTheFaultOfAGateThatDied(int secondsOfLife) {
        start();
        clock.advance(Duration.ofSeconds(secondsOfLife));
        assertThat(mesh.hurts()).isTrue();
        clock.killWhoeverWaits();

        clock.advance(LEASE.minusSeconds(11));
        assertThat(mesh.hurts()).isTrue();
        clock.advance(Duration.ofSeconds(11));
        assertThat(mesh.hurts()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void withoutAGuardTheFaultOfAGateThatDiedStaysIn() {
        experiment = experiment.withGuard(new Guard(Guard.Kind.NONE, LEASE));
        start();
        clock.advance(Duration.ofSeconds(57));
        clock.killWhoeverWaits();
        clock.advance(Duration.ofDays(1));
        assertThat(mesh.hurts()).isTrue();
        assertThat(mesh.calls).doesNotContain("prolong", "injectGuard", "dryRunGuard");
    }

    @Test
    void aLongerLeaseIsProlongedLessOften() {
        experiment = experiment.withGuard(new Guard(Guard.Kind.JOB, Duration.ofMinutes(3)));
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(calls("prolong")).isEqualTo(3);
    }

    @Test
    void aBeatThatFailsIsWarnedOfOnceAndSoonMadeAgain() {
        Instant from = in(60);
        Instant to = in(75);
        mesh.misbehave = call -> call.equals("prolong")
                        && clock.now().isAfter(from)
                        && clock.now().isBefore(to)
                ? failure("etcd is away")
                : null;
        Verdict verdict = clock.turnUntil(start());

        assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(warnings()).containsExactly("the guard could not be prolonged: etcd is away; trying again");
        assertThat(calls("prolong")).isEqualTo(21 + 4);
    }

    @ParameterizedTest
    @CsvSource({"refused, etcd is away", "silent, no answer within 10000 ms"})
    void withoutABeatForAWholeLeaseTheGateIsInconclusive(String how, String why) {
        Instant from = in(60);
        mesh.misbehave = call -> call.equals("prolong") && clock.now().isAfter(from)
                ? how.equals("silent") ? new CompletableFuture<>() : failure("etcd is away")
                : null;
        CompletableFuture<Verdict> verdict = start();
        clock.turnUntil(verdict);

        assertThat(verdict.join().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.join().reason()).contains("disturbed: ");
        assertThat(warnings()).anySatisfy(text -> assertThat(text).contains(why));
        assertThat(Duration.between(from, clock.now())).isLessThan(Duration.ofSeconds(50));
        assertNothingIsLeft();
    }

    @Test
    void theHeartNoticesWhereNobodyElseDoes() {
        Instant from = in(60);
        mesh.misbehave = call -> !clock.now().isAfter(from)
                ? null
                : call.equals("prolong")
                        ? failure("etcd is away")
                        : call.equals("look") ? CompletableFuture.completedFuture(Presence.AS_MADE) : null;
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("the guard could not be prolonged for 3")
                .contains("so the fault is gone, or soon will be: etcd is away");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 42, 100})
    void aGuardThatSomebodyRemovedEndsTheGate(int second) {
        mesh.guardRemovedByOthersAt = Optional.of(in(second));
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("disturbed: ");
        assertThat(phases()).contains(PhaseName.ROLLBACK, PhaseName.RECOVERY);
        assertNothingIsLeft();
    }

    @Test
    void aGuardThatIsGoneWhileTheProofIsAwaitedEndsTheGate() {
        Instant injected = in(11);
        mesh.misbehave = call -> call.equals("prolong") && clock.now().isAfter(injected)
                ? CompletableFuture.completedFuture(false)
                : null;
        metrics.hurtPerSecond = 0;
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo(
                        "the experiment was disturbed: the guard Job bookinfo/chaos-gate-7f3a is gone, so the fault is,"
                                + " too");
        assertThat(phases()).doesNotContain(PhaseName.WATCH);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutItsGuardNoFaultGoesIn(boolean effectDespiteFailure) {
        mesh.effectDespiteFailure = effectDespiteFailure;
        mesh.misbehave = call -> call.equals("injectGuard") ? failure("no job controller") : null;
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("the guard could not be made, so no fault was put in", "no job controller");
        assertThat(mesh.calls).doesNotContain("inject").contains("rollbackGuard");
        assertThat(phases()).doesNotContain(PhaseName.WARMUP, PhaseName.ROLLBACK);
        assertNothingIsLeft();
    }

    @Test
    void aGuardThatTheClusterWouldNotTakeRefusesTheGate() {
        mesh.misbehave = call -> call.equals("dryRunGuard") ? failure("a policy forbids Jobs") : null;
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason()).contains("would not take Job bookinfo/chaos-gate-7f3a: a policy forbids Jobs");
        assertThat(mesh.calls).doesNotContain("injectGuard");
    }

    @Test
    void aGuardThatCannotBeRemovedGoesByItself() {
        mesh.misbehave = call -> call.equals("rollbackGuard") ? failure("forbidden") : null;
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(warnings())
                .anySatisfy(text -> assertThat(text).contains("forbidden", "it goes by itself when its lease is over"));
        assertThat(history.snapshot().undoCommands()).isEmpty();
        clock.advance(LEASE);
        assertThat(mesh.hurts()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void removingTheGuardTakesOutAFaultThatCannotBeDeleted() {
        mesh.misbehave = call -> call.equals("rollback") && mesh.guardedUntil.isPresent() ? failure("forbidden") : null;
        experiment = experiment.withGuard(new Guard(Guard.Kind.JOB, Duration.ofMinutes(20)));
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().undoCommands()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void anAbortTakesOutBothAndEndsTheBeats() {
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(50));
        gate.abort("by hand");
        assertThat(clock.turnUntil(verdict).kind()).isEqualTo(Verdict.Kind.ABORTED);
        assertNothingIsLeft();
        long beats = calls("prolong");
        clock.advance(Duration.ofMinutes(5));
        assertThat(calls("prolong")).isEqualTo(beats);
    }

    private List<PhaseName> phases() {
        return history.snapshot().phases().stream()
                .map(GateSnapshot.PhaseSpan::name)
                .toList();
    }
}
