package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback.Kind;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback.On;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A canary is rolled back where the experiment asks for it, once, and by nobody else's leave. */
class GateCanaryTest {

    private static final Experiment UNDO =
            Guarded.EXPERIMENT.withCanaryRollback(new CanaryRollback(Kind.UNDO_DEPLOYMENT, On.VIOLATED));
    private static final Experiment UNLESS_PASSED =
            UNDO.withCanaryRollback(new CanaryRollback(Kind.UNDO_DEPLOYMENT, On.NOT_PASSED));

    /** One cluster, one journal. */
    private static final class World {
        private final VirtualClock clock = new VirtualClock();
        private final FakeMesh mesh = new FakeMesh(clock);
        private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
        private final FakeJournal journal = new FakeJournal(clock);
        private final FakeCanary canary = new FakeCanary(clock);
        private final List<GateEvent> log = new ArrayList<>();
        private final Experiment experiment;
        private final GateTicket ticket;

        World(Experiment experiment, double failuresPerSecond) {
            this.experiment = experiment;
            ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
            mesh.canary = canary;
            metrics.failuresPerSecond = hurt -> hurt ? failuresPerSecond : 0.0;
        }

        static World failing() {
            return new World(UNDO, 5);
        }

        Gate gate() {
            return new Gate(experiment, ticket, mesh, metrics, clock, log::add, journal);
        }

        Verdict run() {
            return clock.turnUntil(gate().run().toCompletableFuture());
        }

        Controller begin(int lifetime) {
            Controller controller = new Controller(clock, lifetime, List.of());
            controller.run(life -> new Gate(
                    experiment,
                    ticket,
                    life.using(mesh),
                    life.using(metrics),
                    life.clock(),
                    life::hear,
                    life.using(journal)));
            return controller;
        }

        Controller resume(List<GateEvent> past, int lifetime, List<Verdict> verdict) {
            Controller controller = new Controller(clock, lifetime, past);
            GateMemory memory = new GateMemory(ticket, experiment, List.copyOf(past));
            controller
                    .run(life -> Gate.resume(
                            memory,
                            life.using(mesh),
                            life.using(metrics),
                            life.clock(),
                            life::hear,
                            life.using(journal)))
                    .ifPresent(verdict::add);
            return controller;
        }
    }

    private static <T> List<T> of(List<GateEvent> log, Class<T> kind) {
        return log.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<PhaseName> phases(List<GateEvent> log) {
        return of(log, GateEvent.PhaseStarted.class).stream()
                .map(GateEvent.PhaseStarted::phase)
                .toList();
    }

    @Test
    void aCanaryThatBreaksIsRolledBackOnceTheFaultIsOut() {
        World world = World.failing();
        assertThat(world.run().kind()).isEqualTo(Verdict.Kind.VIOLATED);

        GateEvent.CanaryRolledBack done =
                of(world.log, GateEvent.CanaryRolledBack.class).get(0);
        assertThat(done.words()).isEqualTo("1 of 1 pods replaced");
        assertThat(done.step().words()).isEqualTo("Deployment bookinfo/reviews-v2 to revision 3");
        assertThat(of(world.log, GateEvent.FaultOut.class).get(0).at()).isBefore(done.at());
        assertThat(phases(world.log))
                .as("a canary that was taken back has nothing to recover from")
                .endsWith(PhaseName.ROLLBACK, PhaseName.CANARY_ROLLBACK);
        assertThat(world.canary.changed.values()).containsExactly(1);
        assertThat(world.journal.entries).isEmpty();
    }

    @Test
    void itIsWrittenDownBeforeItIsAskedFor() {
        World world = World.failing();
        world.journal.calls = world.canary.calls;
        world.run();
        assertThat(world.canary.calls)
                .containsSubsequence(
                        "plan",
                        "dryRun",
                        "open Deployment bookinfo/reviews-v2",
                        "carryOut",
                        "look",
                        "close Deployment bookinfo/reviews-v2");
    }

    @Test
    void whatCannotBeWrittenDownIsNotBegun() {
        World world = World.failing();
        world.journal.misbehave = call -> call.startsWith("open Deployment")
                ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
                : null;
        world.run();
        assertThat(world.canary.calls).doesNotContain("carryOut");
        assertThat(of(world.log, GateEvent.CanaryLeft.class).get(0).why()).contains("not begun", "disk full");
    }

    @Test
    void nothingIsRolledBackThatNobodyAskedFor() {
        World healthy = new World(UNDO, 0);
        assertThat(healthy.run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(healthy.canary.calls).containsExactly("plan", "dryRun");

        World silent = new World(Guarded.EXPERIMENT, 5);
        assertThat(silent.run().kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(silent.canary.calls).isEmpty();
    }

    @Test
    void aGateWithoutAVerdictRollsBackOnlyWhereItWasTold() {
        for (Experiment experiment : List.of(UNDO, UNLESS_PASSED)) {
            World world = new World(experiment, 0);
            world.mesh.removedByOthersAt = Optional.of(world.clock.now().plusSeconds(20));
            assertThat(world.run().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
            assertThat(world.canary.isBack()).isEqualTo(experiment == UNLESS_PASSED);
        }
    }

    @Test
    void aGateThatWasNotLetInRollsNothingBack() {
        World world = new World(UNLESS_PASSED, 5);
        world.mesh.findings.add(Finding.error("canary", "no pods"));
        assertThat(world.run().started()).isFalse();
        assertThat(world.canary.isBack()).isFalse();
        assertThat(phases(world.log)).doesNotContain(PhaseName.CANARY_ROLLBACK);
    }

    @Test
    void whatSpeaksAgainstItStopsTheGate() {
        World world = World.failing();
        world.canary.findings.add(Finding.error("canary rollback", "there is no earlier revision"));
        Verdict verdict = world.run();
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason()).contains("there is no earlier revision");

        World refused = World.failing();
        refused.canary.misbehave = call ->
                call.equals("dryRun") ? CompletableFuture.failedFuture(new IllegalStateException("denied")) : null;
        assertThat(refused.run().reason()).contains("would not take Deployment bookinfo/reviews-v2", "denied");
    }

    @Test
    void aMeshThatCannotSaysSo() {
        World world = World.failing();
        world.mesh.canary = io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper.NONE;
        assertThat(world.run().reason()).contains("canaryRollback: undoDeployment is not possible in this cluster");
    }

    @Test
    void aPersonWhoAbortsKeepsTheCanary() {
        World world = new World(UNLESS_PASSED, 0);
        Gate gate = world.gate();
        CompletableFuture<Verdict> verdict = gate.run().toCompletableFuture();
        world.clock.advance(Duration.ofSeconds(25));
        gate.abort("by alice");
        assertThat(world.clock.turnUntil(verdict).kind()).isEqualTo(Verdict.Kind.ABORTED);
        assertThat(world.canary.isBack()).isFalse();
    }

    @Test
    void anAbortEndsTheAttempts() {
        World world = World.failing();
        Gate gate = world.gate();
        world.canary.misbehave = call -> {
            if (call.equals("carryOut")) {
                gate.abort("by alice");
                return CompletableFuture.failedFuture(new IllegalStateException("503"));
            }
            return null;
        };
        world.clock.turnUntil(gate.run().toCompletableFuture());
        assertThat(world.canary.calls).containsOnlyOnce("carryOut");
        assertThat(of(world.log, GateEvent.CanaryLeft.class)).hasSize(1);
    }

    @Test
    void aFaultThatStaysInDoesNotHinderIt() {
        World world = World.failing();
        world.mesh.misbehave = call ->
                call.startsWith("rollback") ? CompletableFuture.failedFuture(new IllegalStateException("503")) : null;
        assertThat(world.run().kind()).isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        assertThat(world.canary.isBack()).isTrue();
    }

    @Test
    void itIsTriedAgainWhileTheClusterDoesNotAnswer() {
        World world = World.failing();
        Instant[] back = {null};
        world.canary.misbehave = call -> {
            if (!call.equals("carryOut")) {
                return null;
            }
            back[0] = back[0] == null ? world.clock.now().plusSeconds(20) : back[0];
            return world.clock.now().isBefore(back[0])
                    ? CompletableFuture.failedFuture(new IllegalStateException("503"))
                    : null;
        };
        world.run();
        assertThat(world.canary.isBack()).isTrue();
        assertThat(of(world.log, GateEvent.Warned.class))
                .anySatisfy(warned -> assertThat(warned.text()).contains("503", "attempt 1", "trying again"));
    }

    @Test
    void aLostAnswerChangesNothingTwice() {
        World world = World.failing();
        boolean[] lost = {false};
        world.canary.effectDespiteFailure = true;
        world.canary.misbehave = call -> {
            boolean first = call.equals("carryOut") && !lost[0];
            lost[0] |= first;
            return first ? CompletableFuture.failedFuture(new IllegalStateException("connection reset")) : null;
        };
        world.run();
        assertThat(world.canary.changed.values()).containsExactly(1);
        assertThat(of(world.log, GateEvent.CanaryRolledBack.class)).hasSize(1);
    }

    @Test
    void itIsGivenUpWithTheCommandAndTheEntryStaysOpen() {
        World world = World.failing();
        world.canary.misbehave = call ->
                call.equals("carryOut") ? CompletableFuture.failedFuture(new IllegalStateException("403")) : null;
        assertThat(world.run().kind()).isEqualTo(Verdict.Kind.VIOLATED);
        GateEvent.CanaryLeft left = of(world.log, GateEvent.CanaryLeft.class).get(0);
        assertThat(left.why()).contains("403");
        assertThat(left.step().commands())
                .containsExactly("kubectl rollout undo deployment/reviews-v2 --to-revision=3");
        assertThat(world.journal.entries.keySet()).containsExactly("Deployment bookinfo/reviews-v2 canary");
        assertThat(phases(world.log)).endsWith(PhaseName.CANARY_ROLLBACK, PhaseName.RECOVERY);
    }

    @Test
    void whatSomebodyElseChangedIsLeftAloneAndSaid() {
        World world = World.failing();
        world.canary.foreign = true;
        world.run();
        assertThat(world.canary.changed).isEmpty();
        assertThat(of(world.log, GateEvent.CanaryLeft.class).get(0).why()).contains("no longer as preflight saw it");
        assertThat(world.canary.calls).containsOnlyOnce("carryOut");
        assertThat(world.journal.entries).isEmpty();
    }

    @Test
    void podsThatTakeTooLongAreNotWaitedForForEver() {
        World world = World.failing();
        world.canary.settles = Duration.ofHours(1);
        world.run();
        GateEvent.CanaryRolledBack done =
                of(world.log, GateEvent.CanaryRolledBack.class).get(0);
        assertThat(done.words()).isEqualTo("0 of 1 pods replaced");
        assertThat(Duration.between(
                        of(world.log, GateEvent.FaultOut.class).get(0).at(), done.at()))
                .isLessThan(CanaryStepRun.FOLLOWED.plusSeconds(5));
    }

    @Test
    void aSteadyStateThatDoesNotComeBackTurnsAgainstTheCanaryToo() {
        World world = new World(UNDO, 0);
        world.metrics.failuresPerSecond = hurt ->
                world.mesh.hurts() || phases(world.log).stream().noneMatch(PhaseName.ROLLBACK::equals) ? 0.0 : 50.0;
        assertThat(world.run().kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(phases(world.log)).endsWith(PhaseName.RECOVERY, PhaseName.CANARY_ROLLBACK);
        assertThat(world.canary.isBack()).isTrue();
    }

    @Test
    void fromEveryMomentItIsDoneOnceAndOnlyOnce() {
        World whole = World.failing();
        whole.canary.deployments = 2;
        int life = whole.begin(Controller.NEVER).moments();
        for (int seconds : new int[] {0, 3, 40, 600}) {
            for (int moment = 1; moment <= life; moment++) {
                World world = World.failing();
                world.canary.deployments = 2;
                Controller dead = world.begin(moment);
                world.clock.advance(Duration.ofSeconds(seconds));
                List<Verdict> verdict = new ArrayList<>();
                Controller next = world.resume(dead.log(), Controller.NEVER, verdict);
                String when = "moment " + moment + " of " + life + ", gap " + seconds + " s: " + verdict;

                boolean violated = verdict.get(0).kind() == Verdict.Kind.VIOLATED;
                assertThat(world.canary.isBack()).as(when).isEqualTo(violated);
                assertThat(world.canary.changed.values()).as(when).allMatch(times -> times == 1);
                assertThat(world.mesh.objects).as(when).isEmpty();
                assertThat(world.journal.entries).as(when).isEmpty();
                assertThat(of(next.log(), GateEvent.CanaryRolledBack.class))
                        .as(when)
                        .hasSize(violated ? 2 : 0);
            }
        }
    }

    @Test
    void howeverOftenTheControllerDies() {
        for (int moments = 3; moments < 12; moments++) {
            World world = World.failing();
            List<GateEvent> log = world.begin(Controller.NEVER - 1).log();
            int decided = log.indexOf(of(log, GateEvent.Decided.class).get(0));
            World again = World.failing();
            List<GateEvent> past = new ArrayList<>(log.subList(0, decided + 1));
            List<Verdict> verdict = new ArrayList<>();
            for (int life = 0; life < 60 && verdict.isEmpty(); life++) {
                past = again.resume(past, moments + life, verdict).log();
            }
            assertThat(verdict).as("lives of %s moments", moments).hasSize(1);
            assertThat(verdict.get(0).kind()).isEqualTo(Verdict.Kind.VIOLATED);
            assertThat(again.canary.changed.values()).containsExactly(1);
            assertThat(again.journal.entries).isEmpty();
        }
    }

    /** A power cut may cost the end of the log, not what the journal has. */
    @Test
    void byTheJournalAloneItIsFinished() {
        World world = World.failing();
        world.journal.calls = world.canary.calls;
        Controller dead = null;
        for (int moment = 1; dead == null; moment++) {
            World next = World.failing();
            Controller controller = next.begin(moment);
            if (next.journal.entries.values().stream()
                    .anyMatch(entry -> entry.change().rollsCanaryBack())) {
                world = next;
                dead = controller;
            }
        }
        assertThat(world.canary.isBack()).isFalse();
        List<GateEvent> log = dead.log();
        List<GateEvent> cut =
                log.subList(0, log.indexOf(of(log, GateEvent.Decided.class).get(0)));
        List<Verdict> verdict = new ArrayList<>();
        world.resume(cut, Controller.NEVER, verdict);
        assertThat(verdict.get(0).kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.get(0).reason()).contains("by the journal it was to roll the canary back");
        assertThat(world.canary.changed.values()).containsExactly(1);
        assertThat(world.journal.entries).isEmpty();
    }

    @Test
    void whoeverComesLaterSaysWhatBecameOfItAndUndoesNothing() {
        for (boolean wasDone : new boolean[] {false, true}) {
            World world = World.failing();
            world.canary.effectDespiteFailure = wasDone;
            world.canary.misbehave = call ->
                    call.equals("carryOut") ? CompletableFuture.failedFuture(new IllegalStateException("503")) : null;
            world.run();
            int before = world.canary.calls.size();
            Undo.Result early = undo(world);
            assertThat(early.out()).isEqualTo(wasDone);
            if (!wasDone) {
                assertThat(early.trouble().orElseThrow()).endsWith("a request to do so may still be under way");
                world.clock.advance(
                        Duration.between(world.clock.now(), early.certainAt().orElseThrow()));
                before = world.canary.calls.size();
            }
            Undo.Result result = wasDone ? early : undo(world);
            assertThat(result.out()).isTrue();
            assertThat(result.canary().orElseThrow())
                    .contains(
                            wasDone
                                    ? "rolled back: Deployment bookinfo/reviews-v2 to revision 3"
                                    : "to do it now, run:");
            assertThat(world.canary.calls.subList(before, world.canary.calls.size()))
                    .containsExactly("look");
            assertThat(world.canary.isBack()).isEqualTo(wasDone);
            assertThat(world.journal.entries).isEmpty();
        }
    }

    private static Undo.Result undo(World world) {
        return world.clock.turnUntil(new Undo(world.mesh, world.journal, world.clock)
                .undo(world.journal.entries.values().iterator().next(), Duration.ofSeconds(10))
                .toCompletableFuture());
    }

    @Test
    void anEntryOfACanaryThatNobodyCanLookAtStaysOpen() {
        World world = World.failing();
        world.canary.misbehave = call -> call.equals("dryRun") || call.equals("plan")
                ? null
                : CompletableFuture.failedFuture(new IllegalStateException("503"));
        world.run();
        Undo.Result result = world.clock.turnUntil(new Undo(world.mesh, world.journal, world.clock)
                .undo(world.journal.entries.values().iterator().next(), Duration.ofSeconds(10))
                .toCompletableFuture());
        assertThat(result.out()).isFalse();
        assertThat(result.trouble().orElseThrow()).contains("503");
        assertThat(world.journal.entries.values())
                .allMatch(entry -> entry.change().purpose() == Change.Purpose.CANARY);
    }

    @Test
    void theReportTellsWhatBecameOfIt() {
        World world = World.failing();
        world.run();
        GateSnapshot snapshot = new GateMemory(world.ticket, world.experiment, world.log).snapshot();
        assertThat(snapshot.canary()).singleElement().satisfies(record -> {
            assertThat(record.back()).isTrue();
            assertThat(record.overAt()).isPresent();
        });
        assertThat(Stream.of(PhaseName.values()).map(PhaseName::word)).contains("canaryRollback");
    }
}
