package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.memory.GateLog;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gate goes on after its controller was away, from every moment of its life. */
class GateResumeTest {

    private static final Duration MISSING_DATA = Duration.ofSeconds(20);
    /** Whatever the controller was about to do, a gap that is shorter stands in no one's way. */
    private static final Duration SHORT = Duration.ofSeconds(13);

    /** What kind of gate is interrupted. */
    private enum Kind {
        HEALTHY(Guarded.EXPERIMENT, 1, 0, Verdict.Kind.PASSED),
        TWO_CHANGES(Guarded.EXPERIMENT, 2, 0, Verdict.Kind.PASSED),
        FAILING(Guarded.EXPERIMENT, 1, 5, Verdict.Kind.VIOLATED),
        UNGUARDED(Guarded.UNGUARDED, 1, 0, Verdict.Kind.PASSED),
        CONTROL_RUN(Guarded.CONTROL_RUN, 1, 0, Verdict.Kind.PASSED);

        private final Experiment experiment;
        private final int changes;
        private final double failuresPerSecond;
        private final Verdict.Kind undisturbed;

        Kind(Experiment experiment, int changes, double failuresPerSecond, Verdict.Kind undisturbed) {
            this.experiment = experiment;
            this.changes = changes;
            this.failuresPerSecond = failuresPerSecond;
            this.undisturbed = undisturbed;
        }
    }

    /** One cluster, one journal, and the controllers that come and go. */
    private static final class World {

        private final VirtualClock clock = new VirtualClock();
        private final FakeMesh mesh = new FakeMesh(clock);
        private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
        private final FakeJournal journal = new FakeJournal(clock);
        private final GateMemory nothingYet;

        World(Kind kind) {
            this(kind.experiment, kind.failuresPerSecond);
            mesh.changesPerGate = kind.changes;
        }

        World(Experiment experiment, double failuresPerSecond) {
            metrics.failuresPerSecond = hurt -> hurt ? failuresPerSecond : 0.0;
            GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "https://ci/job/1/", experiment.watch());
            nothingYet = new GateMemory(ticket, experiment, List.of());
        }

        /** Begins a gate and dies at that moment. */
        Controller begin(int lifetime) {
            Controller controller = new Controller(clock, lifetime, List.of());
            controller.run(life -> new Gate(
                    nothingYet.experiment(),
                    nothingYet.ticket(),
                    life.using(mesh),
                    life.using(metrics),
                    life.clock(),
                    life::hear,
                    life.using(journal)));
            return controller;
        }

        Controller resume(List<GateEvent> log, int lifetime, List<Verdict> verdict) {
            Controller controller = new Controller(clock, lifetime, log);
            GateMemory past = controller.memory(nothingYet);
            controller
                    .run(life -> Gate.resume(
                            past, life.using(mesh), life.using(metrics), life.clock(), life::hear, life.using(journal)))
                    .ifPresent(verdict::add);
            return controller;
        }

        void assertNothingIsLeft(String when) {
            assertThat(mesh.objects).as(when).isEmpty();
            assertThat(mesh.guardedUntil).as(when).isEmpty();
            assertThat(journal.entries).as(when).isEmpty();
        }
    }

    private static <T> Optional<T> last(List<GateEvent> log, Class<T> kind) {
        return log.stream().filter(kind::isInstance).map(kind::cast).reduce((earlier, later) -> later);
    }

    private static Optional<Instant> begun(List<GateEvent> log, PhaseName phase) {
        return log.stream()
                .filter(event -> event instanceof GateEvent.PhaseStarted started && started.phase() == phase)
                .map(GateEvent::at)
                .findFirst();
    }

    private static String nameOfLast(List<GateEvent> log) {
        return log.isEmpty() ? "nothing" : log.get(log.size() - 1).getClass().getSimpleName();
    }

    private static long faultsIn(List<GateEvent> log) {
        return log.stream().filter(GateEvent.FaultIn.class::isInstance).count();
    }

    private static List<String> warnings(List<GateEvent> log) {
        return log.stream()
                .flatMap(event -> event instanceof GateEvent.Warned warned ? Stream.of(warned.text()) : Stream.empty())
                .toList();
    }

    /** The verdicts that are right for a gate that was interrupted there, and goes on now. */
    private static List<Verdict.Kind> right(Kind kind, List<GateEvent> log, Instant now) {
        Optional<GateEvent.Decided> decided = last(log, GateEvent.Decided.class);
        if (decided.isPresent()) {
            return List.of(decided.get().verdict().kind());
        }
        PhaseName first = kind == Kind.CONTROL_RUN ? PhaseName.WATCH : PhaseName.INJECT;
        if (begun(log, first).isEmpty()) {
            return List.of(kind.undisturbed);
        }
        Duration gap = Duration.between(log.get(log.size() - 1).at(), now);
        Optional<Instant> end = begun(log, PhaseName.WATCH).map(from -> from.plusSeconds(60));
        boolean late = end.isPresent() && !now.isBefore(end.get());
        boolean allIn = kind == Kind.CONTROL_RUN || faultsIn(log) == kind.changes;
        if (gap.compareTo(MISSING_DATA) >= 0 || late || !allIn) {
            return List.of(Verdict.Kind.INCONCLUSIVE);
        }
        return gap.compareTo(SHORT) <= 0
                ? List.of(kind.undisturbed)
                : List.of(kind.undisturbed, Verdict.Kind.INCONCLUSIVE);
    }

    private static void assertToldWell(World world, List<GateEvent> log, Verdict verdict, String when) {
        assertThat(log.get(log.size() - 1)).as(when).isInstanceOf(GateEvent.Finished.class);
        GateSnapshot snapshot =
                new GateMemory(world.nothingYet.ticket(), world.nothingYet.experiment(), log).snapshot();
        assertThat(snapshot.verdict()).as(when).contains(verdict);
        assertThat(snapshot.phases()).as(when).allMatch(span -> span.endedAt().isPresent());
        assertThat(log).as(when).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(snapshot.undoCommands()).as(when).isEmpty();
        assertThat(snapshot.phases())
                .as(when + ": what was seen before it began anew counts no more")
                .filteredOn(span -> span.name() == PhaseName.PREFLIGHT)
                .hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void fromEveryMomentAfterEveryGap(Kind kind) {
        int life = new World(kind).begin(Controller.NEVER).moments();
        assertThat(life).isGreaterThan(kind == Kind.CONTROL_RUN ? 40 : 60);
        for (int seconds : new int[] {0, 3, 13, 19, 25, 40, 600}) {
            for (int moment = 1; moment <= life; moment++) {
                World world = new World(kind);
                Controller dead = world.begin(moment);
                world.clock.advance(Duration.ofSeconds(seconds));
                Instant now = world.clock.now();
                String when = kind + ", moment " + moment + " of " + life + " after " + nameOfLast(dead.log())
                        + ", gap " + seconds + " s";

                List<Verdict> verdict = new ArrayList<>();
                Controller next = world.resume(dead.log(), Controller.NEVER, verdict);

                assertThat(verdict).as(when).hasSize(1);
                assertThat(right(kind, dead.log(), now))
                        .as(when + ": " + verdict)
                        .contains(verdict.get(0).kind());
                world.assertNothingIsLeft(when);
                assertToldWell(world, next.log(), verdict.get(0), when);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void howeverOftenTheControllerDies(Kind kind) {
        int life = new World(kind).begin(Controller.NEVER).moments();
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            World world = new World(kind);
            List<GateEvent> log = world.begin(1 + random.nextInt(life)).log();
            List<Verdict> verdict = new ArrayList<>();
            Duration longest = Duration.ZERO;
            for (int deaths = 0; verdict.isEmpty(); deaths++) {
                // The end of a log may be lost, but not of what was decided: that is a verdict which nobody heard of.
                int lost = last(log, GateEvent.Decided.class).isPresent() ? 0 : random.nextInt(3);
                log = log.subList(0, Math.max(0, log.size() - lost));
                boolean underFault = begun(log, PhaseName.INJECT).isPresent()
                        && last(log, GateEvent.Decided.class).isEmpty();
                Instant heardOf = log.isEmpty()
                        ? world.clock.now()
                        : log.get(log.size() - 1).at();
                world.clock.advance(Duration.ofMillis(random.nextInt(1 << random.nextInt(16))));
                Duration gap = Duration.between(heardOf, world.clock.now());
                longest = underFault && gap.compareTo(longest) > 0 ? gap : longest;
                log = world.resume(log, deaths > 8 ? Controller.NEVER : 1 + random.nextInt(life), verdict)
                        .log();
            }
            String when = kind + ", seed " + seed + ": " + verdict + warnings(log);
            assertThat(verdict.get(0).kind()).as(when).isIn(kind.undisturbed, Verdict.Kind.INCONCLUSIVE);
            if (longest.compareTo(MISSING_DATA) >= 0) {
                assertThat(verdict.get(0).kind()).as(when).isNotEqualTo(Verdict.Kind.PASSED);
            }
            world.assertNothingIsLeft(when);
            assertToldWell(world, log, verdict.get(0), when);
        }
    }

    /** The moment after the last event of that kind. */
    private static int momentOf(Kind kind, Class<? extends GateEvent> event) {
        int life = new World(kind).begin(Controller.NEVER).moments();
        return IntStream.rangeClosed(1, life)
                .filter(moment -> {
                    List<GateEvent> log = new World(kind).begin(moment).log();
                    return !log.isEmpty() && event.isInstance(log.get(log.size() - 1));
                })
                .findFirst()
                .orElseThrow();
    }

    private static List<GateEvent> interrupted(World world, Kind kind, Class<? extends GateEvent> event, int gap) {
        List<GateEvent> log = world.begin(momentOf(kind, event)).log();
        world.clock.advance(Duration.ofSeconds(gap));
        return log;
    }

    private static Verdict resumed(World world, List<GateEvent> log) {
        List<Verdict> verdict = new ArrayList<>();
        world.resume(log, Controller.NEVER, verdict);
        return verdict.get(0);
    }

    @Test
    void saysHowLongItWasAwayAndWhatItDoes() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 7);
        Controller next = world.resume(log, Controller.NEVER, new ArrayList<>());
        assertThat(warnings(next.log()))
                .containsExactly("resumed: the controller was away from 2026-01-01T00:00:11Z to 2026-01-01T00:00:18Z,"
                        + " 7 s; it goes on");
    }

    @Test
    void aWatchEndsWhenItWasToEndAndCountsFromWhenTheFaultWentIn() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = world.begin(
                        new World(Kind.HEALTHY).begin(Controller.NEVER).moments() / 2)
                .log();
        Instant end = begun(log, PhaseName.WATCH).orElseThrow().plusSeconds(60);
        Instant in = last(log, GateEvent.FaultIn.class).orElseThrow().at();
        world.clock.advance(Duration.ofSeconds(9));
        world.metrics.asked.clear();

        Controller next = world.resume(log, Controller.NEVER, new ArrayList<>());

        assertThat(last(next.log(), GateEvent.Decided.class).orElseThrow().at()).isEqualTo(end);
        assertThat(world.metrics.asked)
                .filteredOn(Question.ValueOf.class::isInstance)
                .first()
                .satisfies(question -> assertThat(question.window().from()).isEqualTo(in));
    }

    @Test
    void breachesFromBeforeTheCrashCountStill() {
        for (int before = 0; before <= 2; before++) {
            World world = new World(Guarded.ALLOWING_TWO_BREACHES, 0);
            int[] breaches = {before};
            world.metrics.instead = question -> question instanceof Question.ValueOf && world.mesh.hurts()
                    ? new Reading.Value(world.clock.now(), breaches[0]-- > 0 ? 5 : 0, OptionalLong.empty())
                    : null;
            List<GateEvent> log = world.begin(new World(Guarded.ALLOWING_TWO_BREACHES, 0)
                                    .begin(Controller.NEVER)
                                    .moments()
                            / 2)
                    .log();
            breaches[0] = 1;
            assertThat(resumed(world, log).kind())
                    .as("%d before, 1 after", before)
                    .isEqualTo(before == 2 ? Verdict.Kind.VIOLATED : Verdict.Kind.PASSED);
        }
    }

    @Test
    void aLogOnDiskIsAllThatIsNeeded(@TempDir Path folder) throws IOException {
        World world = new World(Kind.HEALTHY);
        Path file = folder.resolve("7f3a.jsonl");
        try (GateLog log = GateLog.begin(file, world.nothingYet.ticket(), world.nothingYet.experiment())) {
            interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5).forEach(log::on);
        }
        GateMemory past = GateMemory.read(file);
        Verdict verdict;
        try (GateLog log = GateLog.goOn(file)) {
            Gate gate = Gate.resume(past, world.mesh, world.metrics, world.clock, log, world.journal);
            verdict = world.clock.turnUntil(gate.run().toCompletableFuture());
        }
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(GateMemory.read(file).verdict()).contains(verdict);
        world.assertNothingIsLeft("from disk");
    }

    @Test
    void saysThatTheGuardTookTheFaultOut() {
        World world = new World(Kind.HEALTHY);
        Verdict verdict = resumed(world, interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 600));
        assertThat(verdict)
                .isEqualTo(Verdict.inconclusive(
                        "the controller was away from 2026-01-01T00:00:11Z to 2026-01-01T00:10:11Z,"
                                + " 600 s: the guard had taken the fault out, or somebody had removed both; not enough was seen:"
                                + " nothing for 600 s"));
    }

    @Test
    void saysThatSomebodyElseTookTheFaultOut() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5);
        world.mesh.removedByOthersAt = Optional.of(world.clock.now());
        Verdict verdict = resumed(world, log);
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("was removed by somebody else: deleted by flagger");
        world.assertNothingIsLeft("removed");
    }

    @Test
    void aGuardThatSomebodyRemovedIsNoticed() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5);
        world.mesh.guardRemovedByOthersAt = Optional.of(world.clock.now());
        assertThat(resumed(world, log).reason()).contains("the guard had taken the fault out, or somebody");
        world.assertNothingIsLeft("removed");
    }

    @Test
    void aClusterThatDoesNotAnswerIsNotTrusted() {
        for (String call : List.of("prolong", "look")) {
            World world = new World(Kind.HEALTHY);
            List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5);
            world.mesh.misbehave =
                    name -> name.equals(call) ? CompletableFuture.failedFuture(new IllegalStateException("503")) : null;
            Verdict verdict = resumed(world, log);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
            assertThat(verdict.reason()).contains("503");
            world.assertNothingIsLeft(call);
        }
    }

    @Test
    void theGuardIsProlongedAtOnceAndFromThenOn() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 15);
        world.mesh.calls.clear();
        Verdict verdict = resumed(world, log);
        assertThat(world.mesh.calls.get(0)).isEqualTo("prolong");
        assertThat(world.mesh.calls.stream().filter("prolong"::equals)).hasSizeGreaterThan(5);
        assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void aLogThatLostItsEndDoesNotHideWhatTheJournalKnows() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5);
        for (int kept = 0; begun(log.subList(0, kept), PhaseName.INJECT).isEmpty(); kept++) {
            World same = new World(Kind.HEALTHY);
            List<GateEvent> lost =
                    interrupted(same, Kind.HEALTHY, GateEvent.Proven.class, 5).subList(0, kept);
            Verdict verdict = resumed(same, lost);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
            assertThat(verdict.reason()).contains("by the journal it did: EnvoyFilter bookinfo/chaos-gate-7f3a-0");
            same.assertNothingIsLeft("kept " + kept);
        }
    }

    @Test
    void theJournalOfOtherGatesIsLeftAlone() {
        World world = new World(Kind.HEALTHY);
        GateTicket other = new GateTicket("beef", "another", world.clock.now(), world.clock.now());
        world.mesh
                .plan(Kind.HEALTHY.experiment, other)
                .toCompletableFuture()
                .join()
                .changes()
                .forEach(change -> world.journal.open(other, change));
        assertThat(resumed(world, List.of()).kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(world.journal.entries.values()).singleElement().satisfies(entry -> assertThat(entry.ticket())
                .isEqualTo(other));
    }

    @Test
    void aJournalThatCannotBeReadIsWarnedOf() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5);
        world.journal.unreadable = true;
        Controller next = world.resume(log, Controller.NEVER, new ArrayList<>());
        assertThat(warnings(next.log())).contains("the journal could not be read: read-only");
        world.assertNothingIsLeft("unreadable");
    }

    @Test
    void aGateThatWasOverIsLeftAlone() {
        World world = new World(Kind.FAILING);
        List<GateEvent> log = world.begin(Controller.NEVER).log();
        world.mesh.calls.clear();
        List<Verdict> verdict = new ArrayList<>();
        assertThat(world.resume(log, Controller.NEVER, verdict).log()).isEqualTo(log);
        assertThat(verdict)
                .singleElement()
                .isEqualTo(last(log, GateEvent.Finished.class).orElseThrow().verdict());
        assertThat(world.mesh.calls).isEmpty();
    }

    @Test
    void aRollbackThatFailedIsTriedAgain() {
        World world = new World(Kind.FAILING);
        world.mesh.misbehave = call ->
                call.startsWith("rollback") ? CompletableFuture.failedFuture(new IllegalStateException("503")) : null;
        List<GateEvent> whole = world.begin(Controller.NEVER).log();
        assertThat(last(whole, GateEvent.Finished.class).orElseThrow().verdict().kind())
                .isEqualTo(Verdict.Kind.ROLLBACK_FAILED);
        world.mesh.misbehave = call -> null;
        assertThat(resumed(world, whole.subList(0, whole.size() - 1)).kind()).isEqualTo(Verdict.Kind.VIOLATED);
        world.assertNothingIsLeft("tried again");
    }

    @Test
    void whatWasSeenToBeOutIsNotTakenOutAgain() {
        World world = new World(Kind.UNGUARDED);
        List<GateEvent> log = interrupted(world, Kind.UNGUARDED, GateEvent.Quiet.class, 5);
        world.mesh.misbehave = call ->
                call.startsWith("rollback") ? CompletableFuture.failedFuture(new IllegalStateException("503")) : null;
        List<Verdict> verdict = new ArrayList<>();
        Controller next = world.resume(log, Controller.NEVER, verdict);
        assertThat(verdict.get(0).kind()).as(verdict.get(0).reason()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(last(next.log(), GateEvent.Recovered.class)).isPresent();
    }

    @Test
    void aRecoveryThatNeverCameIsNotForgotten() {
        World world = new World(Kind.HEALTHY);
        boolean[] out = new boolean[1];
        world.metrics.failuresPerSecond = hurt -> {
            boolean broken = !hurt && out[0];
            out[0] = out[0] || hurt;
            return broken ? 8.0 : 0.0;
        };
        List<GateEvent> whole = world.begin(Controller.NEVER).log();
        assertThat(last(whole, GateEvent.Finished.class).orElseThrow().verdict().kind())
                .isEqualTo(Verdict.Kind.VIOLATED);
        world.metrics.failuresPerSecond = hurt -> 0.0;
        assertThat(resumed(world, whole.subList(0, whole.size() - 1)).kind()).isEqualTo(Verdict.Kind.VIOLATED);
    }

    @Test
    void aGateThatIsResumedCanBeAborted() {
        World world = new World(Kind.HEALTHY);
        List<GateEvent> log = interrupted(world, Kind.HEALTHY, GateEvent.Proven.class, 5);
        GateMemory past = new GateMemory(world.nothingYet.ticket(), world.nothingYet.experiment(), log);
        Gate gate = Gate.resume(past, world.mesh, world.metrics, world.clock, event -> {}, world.journal);
        gate.abort("enough");
        assertThat(world.clock.turnUntil(gate.run().toCompletableFuture())).isEqualTo(Verdict.aborted("enough"));
        world.assertNothingIsLeft("aborted");
    }
}
