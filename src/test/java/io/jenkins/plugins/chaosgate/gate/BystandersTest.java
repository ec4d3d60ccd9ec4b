package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A fault that hits whom it should not is seen and taken out; what others do to each other is not held against it. */
class BystandersTest {

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    private final Instant begin = clock.now();
    private GateHistory history;

    private Verdict run() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", Guarded.EXPERIMENT.watch());
        history = new GateHistory(ticket, Guarded.EXPERIMENT);
        return clock.turnUntil(
                new Gate(Guarded.EXPERIMENT, ticket, mesh, metrics, clock, history, new FakeJournal(clock))
                        .run()
                        .toCompletableFuture());
    }

    /** Others send 10 requests a second, of which one a second is hurt in the seconds since the beginning that count. */
    private void othersAreHurt(Predicate<Long> when) {
        metrics.instead = question -> {
            if (!(question instanceof Question.HurtBeside)) {
                return null;
            }
            long from = seconds(question.window().from());
            long to = seconds(question.window().to());
            long hurt = 0;
            for (long second = from; second < to; second++) {
                hurt += when.test(second) ? 1 : 0;
            }
            return new Reading.Value(clock.now(), hurt, OptionalLong.of(10 * (to - from)));
        };
    }

    private long seconds(Instant time) {
        return Duration.between(begin, time).toSeconds();
    }

    @Test
    void thatNobodyElseWasHurtIsSaidWithNumbers() {
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("(of 610 requests out of its scope 0 were hurt by any fault)");
        assertThat(history.snapshot().others()).contains(new GateSnapshot.Others(0, OptionalLong.of(610)));
    }

    @Test
    void aFaultThatHitsOthersIsTakenOutAndProvesNothing() {
        othersAreHurt(second -> second >= 10);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("hits whom it should not", "calls to ratings", "app=reviews,version=v2");
        assertThat(verdict.reason()).contains("11 of 110 requests out of its scope");
        assertThat(mesh.objects).isEmpty();
    }

    @Test
    void whatAnotherGateHurtsIsNotOurs() {
        othersAreHurt(second -> second >= 20 && second < 50);
        mesh.leftovers = List.of(new Leftover(
                new Change(
                        "beef",
                        new ObjectRef("v1", "EnvoyFilter", "bookinfo", "chaos-gate-beef"),
                        false,
                        "{}",
                        List.of()),
                "",
                "",
                ""));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        // Not "the fault, which hurt … and 30": that was the other gate's.
        assertThat(verdict.reason()).contains(" (of 610 requests out of its scope 30 were hurt by any fault): ");
        assertThat(history.snapshot().others().orElseThrow().hurt()).isEqualTo(30);
    }

    @Test
    void whatAnotherGateHadHurtWhenItWasGoneIsNotOurs() {
        othersAreHurt(second -> second >= 12 && second < 15);
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void whereAnotherFaultHurtAlreadyBeforeNobodyCanTellAndThatIsSaid() {
        othersAreHurt(second -> true);
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().warnings())
                .filteredOn(warning -> warning.text().contains("hurt already before the fault"))
                .hasSize(1);
    }

    @Test
    void routesThatSomebodyChangesMakeItAnotherExperiment() {
        mesh.routingChanged = Optional.of("DestinationRule bookinfo/reviews was changed, last changed by flagger");
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("the experiment was disturbed: DestinationRule bookinfo/reviews was changed, last changed by"
                        + " flagger");
        assertThat(mesh.objects).isEmpty();
        assertThat(mesh.timeIn()).isLessThanOrEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void whatNobodyCanCountIsNotClaimed() {
        metrics.instead = question ->
                question instanceof Question.HurtBeside ? new Reading.NoData(Reading.Why.UNAVAILABLE, "503") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).doesNotContain("out of its scope");
        assertThat(history.snapshot().others()).isEmpty();
    }
}
