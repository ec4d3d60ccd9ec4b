package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.GateHistory;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a gate event by event; times are milliseconds since its beginning. */
public final class Story {

    public static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    public static final FailedRequests FAILED = new FailedRequests(
            "failed requests of reviews",
            REVIEWS,
            Optional.empty(),
            Duration.ofMinutes(1),
            Judging.by(Bounds.atMost(10)));
    public static final ErrorRate ERRORS = new ErrorRate(
            "error rate of reviews",
            REVIEWS,
            Optional.empty(),
            Duration.ofMinutes(1),
            new Judging(
                    Bounds.atMost(0.01),
                    OptionalDouble.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(1),
                    OptionalLong.empty()));
    public static final Latency P99 = new Latency(
            "p99 of reviews", REVIEWS, Optional.empty(), 0.99, Duration.ofMinutes(1), Judging.by(Bounds.atMost(0.5)));
    public static final Fault ABORT = new HttpAbort(
            new Scope(
                    Map.of(),
                    new ServiceName("ratings", "bookinfo"),
                    OptionalInt.empty(),
                    Map.of(),
                    Percentage.ALL,
                    OptionalInt.empty()),
            500);

    public final Experiment experiment;
    public final GateTicket ticket;
    public final Change change;
    /** How the canary would be rolled back. */
    final List<CanaryStep> back;

    boolean guarded = true;
    private final List<GateEvent> events = new ArrayList<>();

    Story(String name, List<Fault> faults, List<Threshold> thresholds) {
        this(name, "https://ci.example/job/reviews/7/", faults, thresholds);
    }

    Story(String name, String origin, List<Fault> faults, List<Threshold> thresholds) {
        this(
                new Experiment(
                        name,
                        new Target("bookinfo", Map.of("app", "reviews"), Map.of()),
                        Mechanism.ENVOY_FILTER,
                        false,
                        faults,
                        thresholds,
                        Watch.DEFAULT),
                origin,
                List.of());
    }

    private Story(Experiment experiment, String origin, List<CanaryStep> back) {
        this.experiment = experiment;
        this.back = back;
        ticket = GateTicket.beginning(BEGIN, "7f3a91c2", origin, Watch.DEFAULT);
        change = new Change(
                ticket.id(),
                new ObjectRef("networking.istio.io/v1alpha3", "EnvoyFilter", "bookinfo", "chaos-gate-7f3a91c2"),
                false,
                "{}",
                experiment.isControlRun() ? List.of() : List.of(0));
    }

    /** The same from its beginning, with Deployments that are to go back to their revision 3 should it be violated. */
    Story rollingBack(String... deployments) {
        List<CanaryStep> steps =
                Stream.of(deployments).map(name -> stepBack(ticket.id(), name)).toList();
        CanaryRollback undo = new CanaryRollback(CanaryRollback.Kind.UNDO_DEPLOYMENT, CanaryRollback.On.VIOLATED);
        return new Story(experiment.withCanaryRollback(undo), ticket.origin(), steps);
    }

    private static CanaryStep stepBack(String gate, String deployment) {
        ObjectRef object = new ObjectRef("apps/v1", "Deployment", "bookinfo", deployment);
        String undo = "kubectl rollout undo deployment/" + deployment + " --to-revision=";
        return new CanaryStep(
                new Change(gate, object, true, "{}", List.of(), Change.Purpose.CANARY),
                object + " to revision 3",
                List.of(undo + 3),
                List.of(undo + 4));
    }

    public static Story ofReviews() {
        return new Story("reviews survives a ratings outage", List.of(ABORT), List.of(FAILED, ERRORS, P99));
    }

    /** The talk's gate: the canary does not survive, and comes back once the fault is out. */
    public static Story violated() {
        Story story = ofReviews().preflight().warmUp();
        story.inject();
        story.phase(PhaseName.WATCH, 11_400);
        story.look(
                11_600,
                PhaseName.WATCH,
                49_000,
                story.seen(FAILED, 4, 20),
                story.seen(ERRORS, 0.2, 20),
                story.seen(P99, 0.044, 20));
        story.look(
                12_800,
                PhaseName.WATCH,
                48_000,
                story.seen(FAILED, 11, 32),
                story.seen(ERRORS, 0.34, 32),
                story.seen(P99, 0.046, 32));
        story.ended(PhaseName.WATCH, 12_800);
        story.add(new GateEvent.Decided(at(12_800), verdict()));
        story.phase(PhaseName.ROLLBACK, 12_800);
        story.add(new GateEvent.FaultOut(at(12_920), story.change));
        story.add(new GateEvent.Proven(at(14_000), Map.of(0, 36L), at(13_900)));
        story.add(new GateEvent.Quiet(at(14_000)));
        story.ended(PhaseName.ROLLBACK, 14_000);
        story.phase(PhaseName.RECOVERY, 14_000);
        story.look(
                15_000,
                PhaseName.RECOVERY,
                29_000,
                story.seen(FAILED, 0, 10),
                story.seen(ERRORS, 0, 10),
                story.seen(P99, 0.041, 10));
        story.add(new GateEvent.Recovered(at(15_900), Duration.ofMillis(3_000)));
        story.ended(PhaseName.RECOVERY, 15_900);
        return story.add(new GateEvent.Finished(at(15_900), verdict()));
    }

    public static Verdict verdict() {
        return Verdict.violated(
                "failed requests of reviews: 11 (32 requests), limit at most 10 in 1m, 2 s after the fault went in");
    }

    public Story preflight() {
        return preflight(List.of(
                Finding.ok("permissions", "all 7 permissions are there"),
                Finding.ok("canary", "3 members of app=reviews, with proxies"),
                Finding.ok("query", "failed requests of reviews: 0"),
                Finding.ok("query", "p99 of reviews: 41 ms")));
    }

    public Story preflight(List<Finding> findings) {
        phase(PhaseName.PREFLIGHT, 0);
        Workloads canary = new Workloads(
                experiment.target().canary(), List.of("reviews-v2"), List.of("reviews-1", "reviews-2", "reviews-3"));
        Scene scene = new Scene(canary, Workloads.NONE, Set.of(REVIEWS), List.of());
        Optional<Change> planned = experiment.isControlRun() ? Optional.empty() : Optional.of(change);
        add(new GateEvent.Prepared(
                at(400),
                findings,
                scene,
                planned.filter(faulty -> guarded).map(faulty -> guard()),
                planned.stream().toList(),
                back));
        return ended(PhaseName.PREFLIGHT, 400);
    }

    private Change guard() {
        return new Change(
                ticket.id(),
                new ObjectRef("batch/v1", "Job", "bookinfo", "chaos-gate-7f3a91c2"),
                false,
                "{}",
                List.of());
    }

    /** Ten seconds in which {@link #FAILED}, {@link #ERRORS} and {@link #P99} hold. */
    public Story warmUp() {
        phase(PhaseName.WARMUP, 400);
        look(5_400, PhaseName.WARMUP, 5_000, seen(FAILED, 0, 46), seen(ERRORS, 0, 46), seen(P99, 0.039, 46));
        look(10_400, PhaseName.WARMUP, 0, seen(FAILED, 0, 96), seen(ERRORS, 0, 96), seen(P99, 0.041, 96));
        return ended(PhaseName.WARMUP, 10_400);
    }

    /** Takes the fault in and proves it. */
    public Story inject() {
        phase(PhaseName.INJECT, 10_400);
        add(new GateEvent.FaultIn(at(10_600), change));
        ended(PhaseName.INJECT, 10_600);
        phase(PhaseName.PROOF, 10_600);
        add(new GateEvent.Proven(at(11_400), Map.of(0, 14L), at(11_300)));
        return ended(PhaseName.PROOF, 11_400);
    }

    public Story add(GateEvent event) {
        events.add(event);
        return this;
    }

    public Story phase(PhaseName name, long millis) {
        return add(new GateEvent.PhaseStarted(at(millis), name));
    }

    public Story ended(PhaseName name, long millis) {
        return add(new GateEvent.PhaseEnded(at(millis), name));
    }

    public Story look(long millis, PhaseName phase, long left, GateEvent.Sight... sights) {
        return add(new GateEvent.Observed(at(millis), phase, List.of(sights), Duration.ofMillis(left)));
    }

    public Story finish(long millis, Verdict verdict) {
        return add(new GateEvent.Finished(at(millis), verdict));
    }

    public GateEvent.Sight seen(Threshold threshold, double value, long requests) {
        boolean ok = Limits.hold(threshold, value, OptionalDouble.empty());
        return new GateEvent.Sight(
                threshold,
                Optional.of(new Observation(
                        BEGIN,
                        value,
                        OptionalLong.of(requests),
                        OptionalDouble.empty(),
                        ok,
                        counted(threshold, value, requests))),
                Optional.empty());
    }

    private static Optional<Counted> counted(Threshold threshold, double value, long atLeast) {
        long requests = Math.max(atLeast, threshold instanceof FailedRequests ? (long) value : 0);
        if (threshold instanceof FailedRequests) {
            long failed = (long) value;
            return Optional.of(Counted.of(Count.of(failed, requests)).within(new FailedInAnyWindow(failed, failed)));
        }
        return threshold instanceof ServiceThreshold
                ? Optional.of(Counted.of(
                        Count.of(threshold instanceof ErrorRate ? Math.round(value * requests) : 0, requests)))
                : Optional.empty();
    }

    public GateEvent.Sight missing(Threshold threshold, Reading.Why why) {
        return new GateEvent.Sight(
                threshold, Optional.empty(), Optional.of(new Reading.NoData(why, "expected one number, found none")));
    }

    public void tell(GateListener listener) {
        events.forEach(listener::on);
    }

    List<String> lines(ConsoleLines.Settings settings) {
        List<String> lines = new ArrayList<>();
        tell(new ConsoleLines(experiment, ticket, settings, lines::add));
        return lines;
    }

    public GateSnapshot snapshot() {
        GateHistory history = new GateHistory(ticket, experiment);
        tell(history);
        return history.snapshot();
    }

    public static Instant at(long millis) {
        return BEGIN.plusMillis(millis);
    }
}
