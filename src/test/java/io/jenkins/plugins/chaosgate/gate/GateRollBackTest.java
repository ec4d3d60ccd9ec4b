package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a gate ends, its fault is out, or it says that it is not. */
class GateRollBackTest extends GateAmongFakes {

    @Test
    void anInjectionThatFailsIsTakenOutAllTheSame() {
        mesh.misbehave = call -> call.equals("inject") ? failure("connection cut") : null;
        mesh.effectDespiteFailure = true;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("could not be put in", "connection cut");
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void anInjectionThatNeverAnswersIsTakenOutAllTheSame() {
        mesh.misbehave = call -> call.equals("inject") ? new CompletableFuture<>() : null;
        mesh.effectDespiteFailure = true;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void whatWentInBeforeAFailureComesOutToo() {
        mesh.changesPerGate = 3;
        AtomicInteger injects = new AtomicInteger();
        mesh.misbehave = call -> call.equals("inject") && injects.incrementAndGet() == 3 ? failure("quota") : null;
        run();
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.calls.stream().filter("rollback"::equals)).hasSize(3);
    }

    @Test
    void theRollbackIsTriedAgainUntilItWorks() {
        AtomicInteger attempts = new AtomicInteger();
        mesh.misbehave = call -> call.equals("rollback") && attempts.incrementAndGet() < 5 ? failure("503") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(mesh.objects).isEmpty();
        assertThat(history.snapshot().warnings()).hasSize(4).allSatisfy(warning -> assertThat(warning.text())
                .contains("could not be taken out", "503"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRollbackThatNeverWorksSaysWhatToRunByHand(boolean silent) {
        mesh.misbehave = call -> call.equals("rollback") ? silent ? new CompletableFuture<>() : failure("503") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        assertThat(verdict.reason())
                .contains("kubectl -n bookinfo delete envoyfilter chaos-gate-7f3a-0", "before that: PASSED");
        assertThat(history.snapshot().undoCommands()).hasSize(1);
        assertThat(phases()).doesNotContain(PhaseName.RECOVERY);
    }

    @Test
    void proxiesThatGoOnHurtingAfterTheRollbackAreAFailedRollback() {
        mesh.controlPlaneAway = true;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        assertThat(verdict.reason()).contains("proxies still hurt requests", "istiod");
        assertThat(history.snapshot().warnings()).first().satisfies(warning -> assertThat(warning.text())
                .contains("the proxies still hurt requests", "Waiting"));
        assertThat(history.snapshot().undoCommands()).isNotEmpty();
    }

    @Test
    void countersThatNobodyCanReadAfterTheRollbackAreAWarning() {
        metrics.instead = question -> question instanceof Question.InjectedBy && !mesh.hurts()
                ? new Reading.NoData(Reading.Why.UNAVAILABLE, "503")
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("nobody could tell"));
    }

    @Test
    void aCanaryThatDoesNotRecoverCannotPass() {
        Instant begin = clock.now();
        metrics.failuresPerSecond = hurt -> !hurt && clock.now().isAfter(begin.plusSeconds(30)) ? 50.0 : 0.0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("did not come back within 30 s");
    }

    @Test
    void aCanaryThatNobodySeesRecoverCannotPass() {
        metrics.instead = question -> question instanceof Question.ValueOf && phases().contains(PhaseName.RECOVERY)
                ? new Reading.NoData(Reading.Why.STALE, "old")
                : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("did not come back", "old");
    }

    @Test
    void aViolationStaysAViolationWhenItDoesNotRecover() {
        Instant begin = clock.now();
        metrics.failuresPerSecond = hurt -> clock.now().isAfter(begin.plusSeconds(10)) ? 50.0 : 0.0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).startsWith("failed requests of reviews");
        assertThat(history.snapshot().timings().recoveryMillis()).isEmpty();
        assertThat(history.snapshot().warnings()).isNotEmpty();
    }
}
