package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who aborts a gate, and what breaks inside it, cannot keep the fault in. */
class GateAbortTest extends GateAmongFakes {

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 10_000, 10_500, 12_000, 40_000, 70_999, 71_500})
    void anAbortAtAnyMomentTakesTheFaultOutFirst(long millis) {
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofMillis(millis));
        gate.abort("SIGTERM");
        gate.abort("SIGINT");
        assertThat(clock.turnUntil(verdict)).isEqualTo(Verdict.aborted("SIGTERM"));
        assertThat(mesh.objects).isEmpty();
        assertThat(history.snapshot().verdict()).contains(Verdict.aborted("SIGTERM"));
    }

    @Test
    void anAbortDuringTheRollbackDoesNotStopIt() {
        AtomicInteger attempts = new AtomicInteger();
        mesh.misbehave = call -> call.equals("rollback") && attempts.incrementAndGet() < 4 ? failure("503") : null;
        metrics.failuresPerSecond = hurt -> hurt ? 100.0 : 0.0;
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofMillis(11_100));
        assertThat(attempts).hasValue(1);
        gate.abort("SIGTERM");
        assertThat(clock.turnUntil(verdict).kind()).isEqualTo(Verdict.Kind.ABORTED);
        assertThat(mesh.objects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 10_500, 40_000, 71_500})
    void aGateThatIsGivenUpIsInconclusive(long millis) {
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofMillis(millis));
        gate.giveUp("the controller went away");
        assertThat(clock.turnUntil(verdict)).isEqualTo(Verdict.inconclusive("the controller went away"));
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void givingUpTakesBackNoViolation() {
        mesh.misbehave = call -> call.equals("rollback") ? new CompletableFuture<>() : null;
        metrics.failuresPerSecond = hurt -> hurt ? 100.0 : 0.0;
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofMillis(11_100));
        gate.giveUp("the controller went away");
        mesh.misbehave = call -> null;
        assertThat(clock.turnUntil(verdict).kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void anAbortDoesNotHideAFailedRollback() {
        mesh.misbehave = call -> call.equals("rollback") ? failure("503") : null;
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(20));
        gate.abort("SIGTERM");
        assertThat(clock.turnUntil(verdict).kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
    }

    @Test
    void anAbortDoesNotWaitForTelemetry() {
        metrics.batch = questions -> mesh.hurts() ? new CompletableFuture<>() : null;
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(12));
        gate.abort("SIGTERM");
        assertThat(mesh.objects).isEmpty();
        assertThat(verdict).isDone();
    }

    @Test
    void aListenerThatThrowsCannotKeepTheFaultIn() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        Gate annoying = new Gate(
                experiment,
                ticket,
                mesh,
                metrics,
                clock,
                event -> {
                    if (event instanceof GateEvent.FaultIn) {
                        throw new IllegalStateException("a bad listener");
                    }
                },
                journal);
        assertThat(clock.turnUntil(annoying.run().toCompletableFuture()).kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(mesh.objects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {GateEvent.FaultIn.class, GateEvent.Observed.class, GateEvent.Decided.class})
    void anErrorInAListenerCannotKeepTheFaultIn(Class<?> event) {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        Gate broken = new Gate(
                experiment,
                ticket,
                mesh,
                metrics,
                clock,
                seen -> {
                    if (event.isInstance(seen)) {
                        throw new NoClassDefFoundError("a broken class path");
                    }
                },
                journal);
        assertThat(clock.turnUntil(broken.run().toCompletableFuture()).kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(mesh.objects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inject", "look", "rollback"})
    void anErrorOfTheMeshCannotKeepTheFaultIn(String where) {
        AtomicInteger errors = new AtomicInteger();
        mesh.misbehave = call -> {
            if (call.equals(where) && errors.getAndIncrement() == 0) {
                throw new NoClassDefFoundError("a broken class path");
            }
            return null;
        };
        clock.turnUntil(start());
        assertThat(errors).hasPositiveValue();
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void anErrorOfTelemetryCannotKeepTheFaultIn() {
        metrics.batch = questions -> {
            if (mesh.hurts()) {
                throw new NoClassDefFoundError("a broken class path");
            }
            return null;
        };
        assertThat(run().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(mesh.objects).isEmpty();
    }
}
