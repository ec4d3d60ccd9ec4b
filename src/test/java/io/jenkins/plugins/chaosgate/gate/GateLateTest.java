package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Lateness;
import io.jenkins.plugins.chaosgate.gate.port.MayStillComeException;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An injection that lands after its gate gave it up: the gate is not over before it is taken out, or cannot come any more. */
class GateLateTest {

    private static final ObjectRef FAULT =
            new ObjectRef("networking.istio.io/v1alpha3", "EnvoyFilter", "bookinfo", "chaos-gate-7f3a-0");

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeJournal journal = new FakeJournal(clock);
    private final List<GateEvent> events = new ArrayList<>();
    /** Until then the cluster may still carry it out. */
    private Instant certainAt = Instant.MAX;

    private void anInjectionThatNobodyAnswers() {
        mesh.misbehave = call -> switch (call) {
            case "inject" -> {
                certainAt = clock.now().plusSeconds(30).plus(Lateness.LANDS_WITHIN);
                yield new CompletableFuture<>();
            }
            case "rollback" ->
                mesh.objects.isEmpty() && clock.now().isBefore(certainAt)
                        ? CompletableFuture.failedFuture(
                                new MayStillComeException(FAULT, Duration.between(clock.now(), certainAt)))
                        : null;
            default -> null;
        };
    }

    private CompletableFuture<Verdict> start() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", Guarded.UNGUARDED.watch());
        return new Gate(Guarded.UNGUARDED, ticket, mesh, new FakeMetrics(clock, mesh), clock, events::add, journal)
                .run()
                .toCompletableFuture();
    }

    private List<Instant> toldToBeOut() {
        return events.stream()
                .filter(GateEvent.FaultOut.class::isInstance)
                .map(GateEvent::at)
                .toList();
    }

    @Test
    void isTakenOutAtOnceWheneverItLands() {
        anInjectionThatNobodyAnswers();
        Instant[] in = {null};
        clock.after(Duration.ofSeconds(10 + 33)).thenRun(() -> {
            in[0] = clock.now();
            mesh.objects.add(FAULT);
        });
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("could not be put in", "no answer within 30000 ms");
        assertThat(toldToBeOut()).singleElement().satisfies(out -> assertThat(out)
                .isBetween(in[0], in[0].plusSeconds(1)));
        clock.advance(Duration.ofMinutes(10));
        assertThat(mesh.hurts()).isFalse();
        assertThat(journal.entries).isEmpty();
    }

    @Test
    void isNotSaidToBeOutBeforeItCannotLandAnyMore() {
        anInjectionThatNobodyAnswers();
        CompletableFuture<Verdict> verdict = start();
        clock.advance(Duration.ofSeconds(10 + 30 + 74));
        assertThat(toldToBeOut()).isEmpty();
        assertThat(journal.entries).hasSize(1);
        assertThat(events)
                .filteredOn(GateEvent.Warned.class::isInstance)
                .singleElement()
                .asString()
                .contains("is not there, but", "looking again until that is certain");
        clock.turnUntil(verdict);
        assertThat(toldToBeOut()).singleElement().satisfies(out -> assertThat(out)
                .isBetween(certainAt, certainAt.plusSeconds(1)));
        assertThat(journal.entries).isEmpty();
    }

    @Test
    void aClusterThatFallsSilentWhileItIsWaitedForIsAskedAgain() {
        anInjectionThatNobodyAnswers();
        var usual = mesh.misbehave;
        mesh.misbehave = call -> call.equals("rollback")
                        && !clock.now().isBefore(certainAt.minusSeconds(2))
                        && clock.now().isBefore(certainAt.plusSeconds(5))
                ? CompletableFuture.failedFuture(new IllegalStateException("503"))
                : usual.apply(call);
        assertThat(clock.turnUntil(start()).kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(toldToBeOut()).hasSize(1);
    }

    @Test
    void whereThatNeverBecomesCertainTheGateSaysSoAndTheJournalKeepsIt() {
        mesh.misbehave = call -> switch (call) {
            case "inject" -> new CompletableFuture<>();
            case "rollback" -> CompletableFuture.failedFuture(new MayStillComeException(FAULT, Lateness.LANDS_WITHIN));
            default -> null;
        };
        Verdict verdict = clock.turnUntil(start());
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        assertThat(verdict.reason()).contains("a fault may still be in; run by hand: kubectl");
        assertThat(toldToBeOut()).isEmpty();
        assertThat(journal.entries).hasSize(1);
    }
}
