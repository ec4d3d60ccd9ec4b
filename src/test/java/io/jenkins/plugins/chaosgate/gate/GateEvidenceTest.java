package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a gate must have seen before it says anything of the canary. */
class GateEvidenceTest extends GateAmongFakes {

    @ParameterizedTest
    @EnumSource(Reading.Why.class)
    void noDataUnderTheFaultIsInconclusiveAndTheFaultIsOut(Reading.Why why) {
        metrics.instead = question ->
                mesh.hurts() && question instanceof Question.ValueOf ? new Reading.NoData(why, "the detail") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("not enough was seen", "nothing seen for 20 s", why.words());
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void aGateThatGoesBlindNearItsEndDoesNotPass() {
        Instant begin = clock.now();
        metrics.instead = question ->
                mesh.hurts() && clock.now().isAfter(begin.plusSeconds(60)) && question instanceof Question.ValueOf
                        ? new Reading.NoData(Reading.Why.UNAVAILABLE, "503")
                        : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("503");
    }

    @Test
    void aShortGapInTheDataIsForgiven() {
        Instant begin = clock.now();
        metrics.instead = question ->
                clock.now().isAfter(begin.plusSeconds(30)) && clock.now().isBefore(begin.plusSeconds(45))
                        ? new Reading.NoData(Reading.Why.UNAVAILABLE, "503")
                        : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().thresholds().get(0).looks())
                .anyMatch(look -> look.missing().isPresent());
    }

    @Test
    void telemetryThatNeverAnswersCannotKeepTheFaultIn() {
        metrics.batch = questions -> mesh.hurts() && questions.size() > 1 ? new CompletableFuture<>() : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(mesh.timeIn()).isLessThanOrEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void telemetryThatThrowsIsMissingData() {
        metrics.batch = questions -> {
            if (mesh.hurts() && questions.size() > 1) {
                throw new IllegalStateException("a bug");
            }
            return null;
        };
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("a bug");
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void aFaultThatHurtsNobodyProvesNothing() {
        metrics.hurtPerSecond = 0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("no proxy reported a request that it hurt", "abort 100 % of calls to ratings with 500");
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aFaultThatSomebodyElseRemovesMakesTheGateInconclusive() {
        mesh.removedByOthersAt = Optional.of(clock.now().plusSeconds(40));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("was removed by somebody else", "flagger");
    }

    @Test
    void aFaultRemovedJustBeforeTheEndDoesNotPass() {
        mesh.removedByOthersAt = Optional.of(clock.now().plusSeconds(70));
        assertThat(run().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
    }

    @Test
    void aClusterThatDoesNotTellWhetherTheFaultIsInIsInconclusive() {
        mesh.misbehave = call -> call.equals("look") ? failure("500") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("has not told for", "500");
    }

    @Test
    void aViolationIsDecidedWithoutWaitingForTheCluster() {
        mesh.misbehave = call -> call.equals("look") ? new CompletableFuture<>() : null;
        metrics.failuresPerSecond = hurt -> hurt ? 100.0 : 0.0;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(1));
    }
}
