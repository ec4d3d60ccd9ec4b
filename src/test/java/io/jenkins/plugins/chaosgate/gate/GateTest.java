package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final Watch WATCH = new Watch(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            0.01,
            0.05);

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    private final FakeJournal journal = new FakeJournal(clock);
    private Experiment experiment;
    private GateHistory history;
    private Gate gate;

    @BeforeEach
    void anExperiment() {
        experiment = experiment(Judging.by(Bounds.atMost(10)), true);
    }

    private static Experiment experiment(Judging judging, boolean withFault) {
        Scope scope = new Scope(
                Map.of(),
                new ServiceName("ratings", "bookinfo"),
                OptionalInt.empty(),
                Map.of(),
                Percentage.ALL,
                OptionalInt.empty());
        List<Fault> faults = withFault ? List.of(new HttpAbort(scope, 500)) : List.of();
        return new Experiment(
                "talk",
                new Target("bookinfo", Map.of("app", "reviews", "version", "v2"), Map.of()),
                Mechanism.ENVOY_FILTER,
                false,
                faults,
                List.of(new FailedRequests(
                        "failed requests of reviews",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        judging)),
                WATCH);
    }

    private CompletableFuture<Verdict> start() {
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        history = new GateHistory(ticket, experiment);
        gate = new Gate(experiment, ticket, mesh, metrics, clock, history, journal);
        return gate.run().toCompletableFuture();
    }

    private Verdict run() {
        return clock.turnUntil(start());
    }

    private static <T> CompletableFuture<T> failure(String message) {
        return CompletableFuture.failedFuture(new IllegalStateException(message));
    }

    private List<PhaseName> phases() {
        return history.snapshot().phases().stream()
                .map(GateSnapshot.PhaseSpan::name)
                .toList();
    }

    @Test
    void aCanaryThatHoldsPassesAndEverythingIsTakenOut() {
        Verdict verdict = run();
        GateSnapshot snapshot = history.snapshot();

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("held for 61 s", "hurt 610 requests", "at most 10 in 1m");
        assertThat(mesh.objects).isEmpty();
        assertThat(phases())
                .as("nothing was asked for the canary itself")
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(PhaseName.CANARY_ROLLBACK)));
        assertThat(snapshot.phases()).allMatch(span -> span.endedAt().isPresent());
        assertThat(snapshot.faults().get(0).injectedRequests()).hasValue(610);
        assertThat(snapshot.faults().get(0).injectedAt()).isPresent();
        assertThat(snapshot.faults().get(0).removedAt()).isPresent();
        assertThat(snapshot.timings().detectMillis()).hasValue(61_000);
        assertThat(snapshot.timings().rollbackMillis()).hasValue(0);
        assertThat(snapshot.timings().recoveryMillis()).isPresent();
        assertThat(snapshot.verdict()).contains(verdict);
    }

    @Test
    void aCanaryThatFailsIsStoppedEarlyAndTheFaultIsOutAtOnce() {
        metrics.failuresPerSecond = hurt -> hurt ? 5.0 : 0.0;
        Verdict verdict = run();

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).startsWith("failed requests of reviews: 30 (60 requests), limit at most 10 in 1m");
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(6));
        assertThat(history.snapshot().timings().recoveryMillis()).isPresent();
    }

    @Test
    void theFirstLookUnderTheFaultDoesNotWaitForAnInterval() {
        metrics.failuresPerSecond = hurt -> hurt ? 100.0 : 0.0;
        run();
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void onlyTheCanaryIsJudgedWhereTheServiceIsItsOwn() {
        run();
        assertThat(metrics.asked).filteredOn(Question.ValueOf.class::isInstance).allSatisfy(question -> assertThat(
                        ((Question.ValueOf) question).workloads())
                .hasValueSatisfying(workloads -> assertThat(workloads.names()).containsExactly("reviews-v2")));
    }

    @ParameterizedTest
    @EnumSource(Arm.class)
    void anArmChoosesWhoseRequestsCount(Arm arm) {
        FailedRequests plain = (FailedRequests) experiment.steadyState().get(0);
        FailedRequests armed =
                new FailedRequests(plain.title(), plain.of(), Optional.of(arm), plain.per(), plain.judging());
        experiment = new Experiment(
                "x", experiment.target(), Mechanism.ENVOY_FILTER, false, List.of(), List.of(armed), WATCH);
        run();
        Optional<List<String>> names =
                ((Question.ValueOf) metrics.asked.get(0)).workloads().map(workloads -> workloads.names());
        assertThat(names)
                .isEqualTo(
                        switch (arm) {
                            case CANARY -> Optional.of(List.of("reviews-v2"));
                            case STABLE -> Optional.of(List.of("reviews-v1"));
                            case ALL -> Optional.empty();
                        });
    }

    @Test
    void nothingBeforeTheFaultCountsUnderTheFault() {
        run();
        Instant in = history.snapshot().faults().get(0).injectedAt().orElseThrow();
        assertThat(metrics.asked)
                .filteredOn(question -> question.window().to().isAfter(in))
                .allSatisfy(question -> assertThat(question.window().from()).isAfterOrEqualTo(in))
                .isNotEmpty();
    }

    @Test
    void sequentialThresholdsAreCountedFromTheBeginningOfThePhase() {
        run();
        Instant in = history.snapshot().faults().get(0).injectedAt().orElseThrow();
        assertThat(metrics.asked)
                .filteredOn(Question.ValueOf.class::isInstance)
                .filteredOn(question -> question.window().from().equals(in))
                .extracting(question -> question.window().length())
                .contains(Duration.ofSeconds(1), Duration.ofSeconds(61));
    }

    @Test
    void samplesLookBackOverAWindowOfTheirOwnLength() {
        experiment = experiment(Judging.by(Bounds.atMost(10)).decided(Decide.EVERY_SAMPLE), true);
        run();
        assertThat(metrics.asked).filteredOn(Question.ValueOf.class::isInstance).allSatisfy(question -> assertThat(
                        question.window().length())
                .isLessThanOrEqualTo(Duration.ofMinutes(1)));
    }

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

    @Test
    void aControlRunWatchesAndHurtsNobody() {
        experiment = experiment(Judging.by(Bounds.atMost(10)), false);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("without a fault");
        // The guard stands behind the lock alone.
        assertThat(mesh.calls)
                .containsOnly("plan", "dryRunGuard", "injectGuard", "prolong", "rollbackGuard")
                .endsWith("rollbackGuard");
        assertThat(mesh.objects).isEmpty();
        assertThat(phases()).containsExactly(PhaseName.PREFLIGHT, PhaseName.LOCK, PhaseName.WARMUP, PhaseName.WATCH);
    }

    @Test
    void allowedBreachesAreAllowedAndNoMore() {
        experiment = experiment(new Judging(Bounds.atMost(10), OptionalDouble.empty(), 2), true);
        AtomicInteger looks = new AtomicInteger();
        metrics.instead = question -> question instanceof Question.ValueOf && mesh.hurts()
                ? new Reading.Value(clock.now(), looks.incrementAndGet() <= 2 ? 11 : 0, OptionalLong.of(100))
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);

        looks.set(-1);
        Verdict third = run();
        assertThat(third.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(third.reason()).contains("3 of 3 observations broke it, 2 may");
    }

    @Test
    void aComparisonNeedsTheStableVersionToo() {
        experiment = experiment(new Judging(Bounds.NONE, OptionalDouble.of(1.5), 0).decided(Decide.EVERY_SAMPLE), true);
        double[] canaryFailures = {15};
        metrics.instead = question -> {
            if (!(question instanceof Question.ValueOf value)) {
                return null;
            }
            boolean stable = value.workloads().orElseThrow().names().contains("reviews-v1");
            return new Reading.Value(
                    clock.now(), stable || !mesh.hurts() ? 10 : canaryFailures[0], OptionalLong.of(100));
        };
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);

        canaryFailures[0] = 16;
        Verdict worse = run();
        assertThat(worse.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(worse.reason()).contains("16 (100 requests), stable 10", "at most 1.5 × stable");

        metrics.instead = question -> question instanceof Question.ValueOf value
                        && value.workloads().orElseThrow().names().contains("reviews-v1")
                ? new Reading.NoData(Reading.Why.NO_SERIES, "none")
                : null;
        Verdict blind = run();
        assertThat(blind.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(blind.reason()).contains("stable version: none");
    }

    private static final Threshold ERROR_RATE = new ErrorRate(
            "error rate of reviews",
            new ServiceName("reviews", "bookinfo"),
            Optional.empty(),
            Duration.ofMinutes(1),
            Judging.by(Bounds.atMost(0.01)));

    private static Experiment watching(Threshold threshold, Duration minUnderFault) {
        Experiment plain = experiment(Judging.by(Bounds.atMost(10)), true);
        Watch watch = new Watch(
                WATCH.warmup(),
                WATCH.duration(),
                WATCH.interval(),
                WATCH.recovery(),
                WATCH.missingData(),
                minUnderFault,
                WATCH.alpha(),
                WATCH.beta());
        return new Experiment(
                "talk", plain.target(), Mechanism.ENVOY_FILTER, false, plain.faults(), List.of(threshold), watch);
    }

    @Test
    void anErrorRateIsViolatedAsSoonAsItIsCertain() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.6 : 0.0;
        Verdict verdict = run();
        assertThat(verdict)
                .isEqualTo(Verdict.violated(
                        "error rate of reviews: 5.63 % (9 of 160 requests), limit 1 %, certain at 99 %,"
                                + " 16 s after the fault went in"));
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void aFewFailuresBeforeTheFaultAreNoReasonNotToBegin() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.0 : 0.2;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void whatSurelyHoldsPassesEarlyButNotBeforeTheLeastTime() {
        experiment = watching(ERROR_RATE, Duration.ofSeconds(30));
        Verdict early = run();
        assertThat(early.kind()).isEqualTo(Verdict.Kind.PASSED);
        // 375 requests are needed, 10 come each second.
        assertThat(early.reason()).contains("held for 41 s", "0 % (0 of 410 requests), limit 1 %, holds at 95 %");

        experiment = watching(ERROR_RATE, Duration.ofSeconds(50));
        assertThat(run().reason()).contains("held for 51 s");
    }

    @Test
    void anEarlyPassWaitsForTheClustersWordThatTheFaultIsIn() {
        experiment = watching(ERROR_RATE, Duration.ofSeconds(30));
        mesh.misbehave = call -> call.equals("look") ? new CompletableFuture<>() : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("has not told for");
    }

    @Test
    void tooLittleTrafficIsInconclusiveWithTheNumberThatWasNeeded() {
        experiment = watching(
                new ErrorRate(
                        "error rate of reviews",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Judging.by(Bounds.atMost(0.001))),
                WATCH.minUnderFault());
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("too little traffic: error rate of reviews: 0 % (0 of 610 requests), limit 0.1 %,"
                        + " 2995 needed to show it at 95 %");
    }

    @Test
    void tooLittleTrafficForTheTimeThereIsIsSaidBeforeTheFault() {
        experiment = watching(
                new ErrorRate(
                        "error rate of reviews",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Judging.by(Bounds.atMost(0.001))),
                WATCH.minUnderFault());
        run();
        assertThat(history.snapshot().warnings())
                .first()
                .extracting(GateSnapshot.Warning::text)
                .isEqualTo("error rate of reviews needs 2995 requests, which come in 5m: too few for 1m;"
                        + " set a duration of at least that");
        assertThat(history.snapshot().findings())
                .extracting(Finding::text)
                .contains("error rate of reviews: needs 2995 requests in 1m");
    }

    @Test
    void aShareOverTheLimitThatIsNotCertainIsNoPass() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.15 : 0.0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .startsWith("it is not clear whether")
                .contains("1.48 % (9 of 610 requests), limit 1 %");
    }

    @Test
    void trafficThatDriesUpIsNotEnoughSeen() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.instead = question -> question instanceof Question.ValueOf && mesh.hurts()
                ? new Reading.Value(clock.now(), 0, OptionalLong.of(350), Optional.of(Counted.of(Count.of(0, 350))))
                : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("nothing seen for 20 s, not one more request was counted");
    }

    @Test
    void aFewFailuresAfterTheFaultDoNotMakeAViolation() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        long[] bad = {3};
        metrics.instead = question -> question instanceof Question.ValueOf && phases().contains(PhaseName.RECOVERY)
                ? new Reading.Value(
                        clock.now(),
                        bad[0] / 150.0,
                        OptionalLong.of(150),
                        Optional.of(Counted.of(Count.of(bad[0], 150))))
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().timings().recoveryMillis().getAsLong()).isGreaterThanOrEqualTo(30_000);

        bad[0] = 30;
        Verdict broken = run();
        assertThat(broken.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(broken.reason()).contains("did not come back", "20 % (30 of 150 requests)");
    }

    @Test
    void aReportFoldsTheSameState() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.6 : 0.0;
        Verdict verdict = run();
        GateSnapshot snapshot = history.snapshot();
        assertThat(verdict.reason())
                .startsWith(snapshot.judged(snapshot.thresholds().get(0)).words());
    }
}
