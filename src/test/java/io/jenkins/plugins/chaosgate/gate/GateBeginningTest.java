package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps a gate from putting its fault in. */
class GateBeginningTest extends GateAmongFakes {

    @Test
    void aPreflightErrorRefusesTheGateWithAllErrorsAndChangesNothing() {
        mesh.findings.add(Finding.error("permissions", "may not create envoyfilters"));
        mesh.findings.add(Finding.ok("cluster", "answers"));
        metrics.findings.add(Finding.error("queries", "no such function"));
        metrics.findings.add(Finding.noEvidence("prometheus", "does not answer"));
        Verdict verdict = run();

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason())
                .contains("may not create envoyfilters", "no such function", "does not answer")
                .doesNotContain("answers;");
        assertThat(mesh.calls).containsExactly("plan");
        assertThat(phases()).containsExactly(PhaseName.PREFLIGHT);
        assertThat(history.snapshot().findings()).hasSize(5);
    }

    @Test
    void aPrometheusThatDoesNotAnswerIsInconclusive() {
        metrics.findings.add(Finding.noEvidence("prometheus", "503"));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.started()).isTrue();
        assertThat(mesh.calls).containsExactly("plan");
    }

    @Test
    void warningsDoNotStopAGate() {
        mesh.findings.add(Finding.warning("flagger", "the target is owned by Flagger"));
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void aClusterThatNeverAnswersIsAnErrorOfPreflight() {
        mesh.misbehave = call -> call.equals("plan") ? new CompletableFuture<>() : null;
        Verdict verdict = run();
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason()).contains("no answer within 60000 ms");
    }

    @Test
    void whatTheClusterWouldNotTakeIsSaidBeforeAnythingIsChanged() {
        mesh.misbehave = call -> call.equals("dryRun") ? failure("admission webhook denied it") : null;
        Verdict verdict = run();
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason()).contains("EnvoyFilter bookinfo/chaos-gate-7f3a-0", "admission webhook denied it");
        assertThat(mesh.calls).doesNotContain("inject");
    }

    @Test
    void whatIsNotSteadyBeforeTheFaultIsNotBlamedOnIt() {
        metrics.failuresPerSecond = hurt -> 3.0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).startsWith("not steady before the fault: failed requests of reviews: 15");
        assertThat(mesh.calls).doesNotContain("inject");
    }

    @ParameterizedTest
    @EnumSource(Reading.Why.class)
    void noDataBeforeTheFaultIsInconclusive(Reading.Why why) {
        metrics.instead = question -> new Reading.NoData(why, "the detail");
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("nothing to judge before the fault", why.words(), "the detail");
        assertThat(mesh.calls).doesNotContain("inject");
    }

    @Test
    void theWarmUpWaitsForTheFirstTrafficAsLongAsMissingDataIsAllowed() {
        Instant begin = clock.now();
        metrics.instead = question -> clock.now().isBefore(begin.plusSeconds(15))
                ? new Reading.NoData(Reading.Why.NO_TRAFFIC, "0 requests")
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        GateSnapshot.PhaseSpan warmUp = history.snapshot().phases().get(2);
        assertThat(Duration.between(warmUp.startedAt(), warmUp.endedAt().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(15));
    }
}
