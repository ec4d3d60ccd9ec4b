package io.jenkins.plugins.chaosgate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.Gate;
import io.jenkins.plugins.chaosgate.gate.Undo;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One run of one gate through one schedule, up to the moment when nothing of it is left. */
final class Run {

    private static final int FOR_EVER = Integer.MAX_VALUE;
    private static final Duration LEASE = Guard.DEFAULT.lease();
    /** A gate ends by then: preflight, warm-up, watch and recovery at their longest, and two budgets for a rollback. */
    private static final Duration LONGEST = Duration.ofMinutes(8);

    /** By then all that the API had in its queues has had its effect. */
    private static final Duration LATEST = Duration.ofSeconds(61);
    /** By then whoever goes by the journal alone is certain. */
    private static final Duration UNDO_CERTAIN = Duration.ofSeconds(151);

    private static final Duration UNDO_BUDGET = Duration.ofSeconds(60);
    private static final String EXPERIMENT =
            """
            name: simulated
            target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
            faults:
              - httpAbort: {to: ratings, status: 500}
            %s
            steadyState:
              - failedRequests: {of: reviews, max: 10}
              - errorRate: {of: reviews, max: 5%%}
            watch: {warmup: 5s, duration: 30s, interval: 5s, recovery: 20s, missingData: 20s}
            """;

    private final Schedule schedule;
    private final World world = new World();
    private final Turns turns = new Turns(world.clock);
    private final Troubles troubles;
    private final Experiment experiment;
    private final GateTicket ticket;
    private final SimulatedMetrics metrics;
    private final Instant beginning = world.clock.now();
    private List<GateEvent> log = new ArrayList<>();
    private Optional<Gate> gate = Optional.empty();
    private Instant lastAlive = beginning;

    Run(Schedule schedule) {
        this.schedule = schedule;
        this.troubles = new Troubles(schedule, world.clock);
        this.experiment = experiment(schedule.kind());
        this.ticket = GateTicket.beginning(beginning, "7f3a", "simulated", experiment.watch());
        this.metrics = new SimulatedMetrics(world.clock, world.mesh, schedule.canary(), beginning.plusSeconds(12));
    }

    private static Experiment experiment(Schedule.Kind kind) {
        String second = kind == Schedule.Kind.TWO_FAULTS ? "  - httpDelay: {to: details, delay: 2s}" : "";
        Experiment experiment = ExperimentReader.read("simulated.yaml", EXPERIMENT.formatted(second), Map.of());
        return switch (kind) {
            case GUARDED, TWO_FAULTS -> experiment;
            case UNGUARDED -> experiment.withGuard(new Guard(Guard.Kind.NONE, LEASE));
            case VIRTUAL_SERVICE ->
                experiment.withGuard(new Guard(Guard.Kind.NONE, LEASE)).withMechanism(Mechanism.VIRTUAL_SERVICE);
        };
    }

    /** How it ended; empty where no controller lived to say. */
    Optional<Verdict> go() {
        schedule.edits().forEach(edit -> world.clock.after(edit.at()).thenRun(() -> {
            troubles.tell("somebody else: " + edit.what());
            world.edit(edit.what());
        }));
        schedule.abortAt().ifPresent(at -> world.clock
                .after(at)
                .thenRun(() -> gate.ifPresent(running -> running.abort("somebody asked for it"))));
        Optional<Verdict> verdict = lives();
        verdict.ifPresent(said -> new Promises(schedule, world, troubles, beginning, log).check(said));
        if (verdict.filter(said -> said.kind() != Verdict.Kind.ROLLBACK_FAILED).isPresent()) {
            assertNothingComesIn("the gate was over");
        }
        assertNothingStays();
        return verdict;
    }

    String story() {
        return troubles.story();
    }

    int requests() {
        return troubles.requests();
    }

    // --- controllers that come and go ---

    private Optional<Verdict> lives() {
        Iterator<Schedule.Crash> crashes = schedule.crashes().iterator();
        Optional<Schedule.Crash> crash = next(crashes);
        Optional<Verdict> verdict = live(
                crash,
                controller -> new Gate(
                        experiment,
                        ticket,
                        controller.injector(),
                        metrics,
                        controller.life().clock(),
                        controller::hear,
                        controller.journal()));
        while (verdict.isEmpty()) {
            Schedule.Crash last = crash.orElseThrow();
            if (last.then() == Schedule.Then.NOTHING) {
                return Optional.empty();
            }
            log = new ArrayList<>(log.subList(0, Math.max(0, log.size() - last.lostEvents())));
            world.clock.advance(last.away());
            crash = next(crashes);
            if (last.then() == Schedule.Then.UNDO) {
                undo(crash.map(Schedule.Crash::moment).orElse(FOR_EVER));
                return Optional.empty();
            }
            GateMemory memory = new GateMemory(ticket, experiment, log);
            verdict = live(
                    crash,
                    controller -> Gate.resume(
                            memory,
                            controller.injector(),
                            metrics,
                            controller.life().clock(),
                            controller::hear,
                            controller.journal()));
        }
        return verdict;
    }

    private static Optional<Schedule.Crash> next(Iterator<Schedule.Crash> crashes) {
        return crashes.hasNext() ? Optional.of(crashes.next()) : Optional.empty();
    }

    private Optional<Verdict> live(Optional<Schedule.Crash> crash, Function<Controller, Gate> begin) {
        Controller controller = new Controller(
                world, troubles, turns, crash.map(Schedule.Crash::moment).orElse(FOR_EVER), log);
        Gate running = begin.apply(controller);
        gate = Optional.of(running);
        CompletableFuture<Verdict> verdict = running.run().toCompletableFuture();
        await(verdict, controller);
        gate = Optional.empty();
        return controller.life().isDead() ? Optional.empty() : Optional.of(verdict.join());
    }

    private void await(CompletableFuture<?> end, Controller controller) {
        CompletableFuture<Void> tooLong = world.clock.after(LONGEST);
        world.clock.turnUntil(CompletableFuture.anyOf(controller.life().death(), end, tooLong));
        assertThat(tooLong.isDone()).as("still not over after " + LONGEST).isFalse();
        lastAlive = world.clock.now();
    }

    /** Takes out what the journal lists, as whoever comes after a crash does. */
    private void undo(int lifetime) {
        Controller controller = new Controller(world, troubles, turns, lifetime, new ArrayList<>());
        Undo undo = new Undo(
                controller.injector(), controller.journal(), controller.life().clock());
        boolean all = true;
        for (JournalEntry entry :
                List.copyOf(world.journal.list().toCompletableFuture().join())) {
            CompletableFuture<Undo.Result> result =
                    undo.undo(entry, UNDO_BUDGET).toCompletableFuture();
            await(result, controller);
            if (controller.life().isDead()) {
                return;
            }
            troubles.tell("undone: " + result.join());
            all &= result.join().out();
            String name = entry.change().object().name();
            if (result.join().out() && !troubles.mayHaveDeceived()) {
                assertThat(entry.change().edits() ? world.isFaultIn() : isThere(entry))
                        .as("whether " + name + " is still in, although it is said to be out")
                        .isFalse();
            }
        }
        if (all && !troubles.mayHaveDeceived()) {
            assertThat(world.ours()).as("what the journal did not list").isEmpty();
        }
        if (all) {
            assertNothingComesIn("all was said to be out");
            if (!troubles.mayHaveDeceived()) {
                assertThat(world.ours()).as("what came in later").isEmpty();
            }
        }
    }

    /** Whatever was under way had its time, and no proxy hurt anybody meanwhile. */
    private void assertNothingComesIn(String since) {
        Instant from = world.clock.now().plus(SimulatedMesh.PROPAGATION);
        world.clock.advance(LATEST);
        if (!troubles.mayHaveDeceived()) {
            assertThat(world.mesh.hurt(new Window(from, world.clock.now())))
                    .as("how long requests were hurt after " + since)
                    .isZero();
        }
    }

    private boolean isThere(JournalEntry entry) {
        return world.ours()
                .contains(entry.change().object().kind() + " "
                        + entry.change().object().name());
    }

    // --- what is left ---

    /** By the guard alone; then by whoever comes and reads the journal. */
    private void assertNothingStays() {
        troubles.end();
        if (schedule.kind().isGuarded()) {
            advanceTo(lastAlive.plus(LEASE).plusSeconds(3));
            if (!troubles.wasLate()) {
                assertThat(world.isFaultIn())
                        .as("a fault that outlives its lease")
                        .isFalse();
            }
            advanceTo(lastAlive
                    .plus(troubles.wasLate() ? LATEST : Duration.ZERO)
                    .plus(LEASE)
                    .plusSeconds(60));
            assertThat(world.ours()).as("what outlives its lease by a minute").isEmpty();
        }
        advanceTo(lastAlive.plus(UNDO_CERTAIN));
        undo(FOR_EVER);
        assertThat(world.journalWords()).as("the journal").isEqualTo("[]");
        if (schedule.kind().isGuarded() || !troubles.mayHaveDeceived()) {
            assertThat(world.ours()).as("what is left").isEmpty();
            assertThat(world.damage()).as("what became of the users' objects").isEmpty();
        }
    }

    private void advanceTo(Instant time) {
        Duration left = Duration.between(world.clock.now(), time);
        if (!left.isNegative()) {
            world.clock.advance(left);
        }
    }
}
