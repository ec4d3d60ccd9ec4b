package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.experiment.WhenBusy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A whole experiment: the root of the language. */
final class ExperimentType extends ObjectType<Experiment> {

    private static final OneOfType<Threshold> ANY_THRESHOLD = new OneOfType<>(
            "threshold",
            Threshold::kind,
            List.of(
                    new FailedRequestsType(),
                    new ErrorRateType(),
                    new LatencyType(),
                    new ThroughputType(),
                    new PromQlType(),
                    new WebhookType()));

    private static final Field<Experiment, String> NAME =
            Field.required("name", TextType.line(), "What people call the experiment.", Experiment::name);
    private static final Field<Experiment, Target> TARGET =
            Field.required("target", new TargetType(), "What is under test.", Experiment::target);
    private static final Field<Experiment, Mechanism> MECHANISM = Field.preset(
            "mechanism",
            WordType.of("mechanism", Mechanism::word, List.of(Mechanism.values())),
            Mechanism.ENVOY_FILTER,
            "How faults get into the mesh: by an object of their own, or by routes in the user's VirtualService.",
            Experiment::mechanism);
    private static final Field<Experiment, Boolean> OVERRIDE_FAULT = Field.preset(
            "overrideFault",
            WordType.truth(),
            false,
            "Whether a fault that the user already has on a route may be replaced while ours is in.",
            Experiment::overrideFault);
    private static final Field<Experiment, Guard.Kind> GUARD = Field.preset(
            "guard",
            WordType.of("guard", Guard.Kind::word, List.of(Guard.Kind.values())),
            Guard.DEFAULT.kind(),
            "What takes the faults out if the gate dies: a Job of Kubernetes that owns them, or nothing.",
            experiment -> experiment.guard().kind());
    private static final Field<Experiment, Duration> LEASE = Field.preset(
            "lease",
            DurationType.between("lease", Guard.SHORTEST_LEASE, Guard.LONGEST_LEASE),
            Guard.DEFAULT.lease(),
            "How long the faults may stay in after the gate was last heard of.",
            experiment -> experiment.guard().lease());
    private static final Field<Experiment, WhenBusy.Kind> WHEN_BUSY = Field.preset(
            "whenBusy",
            WordType.of("whenBusy", WhenBusy.Kind::word, List.of(WhenBusy.Kind.values())),
            WhenBusy.DEFAULT.kind(),
            "What the gate does while another one holds the target: it waits, or fails.",
            experiment -> experiment.whenBusy().kind());
    private static final Field<Experiment, Duration> BUSY_LIMIT = Field.preset(
            "busyLimit",
            DurationType.between("busyLimit", WhenBusy.SHORTEST, WhenBusy.LONGEST),
            WhenBusy.DEFAULT.limit(),
            "How long the gate waits at most while another one holds the target.",
            experiment -> experiment.whenBusy().limit());
    private static final Field<Experiment, List<Located<Fault>>> FAULTS = Field.preset(
            "faults",
            new ListType<>(Faults.ANY, 0, "faults"),
            List.of(),
            "What is hurt; none makes a control run, which only watches.",
            experiment -> experiment.faults().stream().map(Located::nowhere).toList());
    private static final Field<Experiment, List<Located<Threshold>>> STEADY_STATE = Field.required(
            "steadyState",
            new ListType<>(ANY_THRESHOLD, 1, "thresholds"),
            "What must hold before, under and after the fault.",
            experiment ->
                    experiment.steadyState().stream().map(Located::nowhere).toList());
    private static final Field<Experiment, Watch> WATCH = Field.preset(
            "watch", new WatchType(), Watch.DEFAULT, "How long the gate looks, and how often.", Experiment::watch);

    private static final Field<Experiment, CanaryRollback.Kind> CANARY_ROLLBACK = Field.preset(
            "canaryRollback",
            WordType.of("canaryRollback", CanaryRollback.Kind::word, List.of(CanaryRollback.Kind.values())),
            CanaryRollback.NONE.kind(),
            "What becomes of the canary itself once the fault is out; the only thing that changes what is yours.",
            experiment -> experiment.canaryRollback().kind());
    private static final Field<Experiment, CanaryRollback.On> CANARY_ROLLBACK_ON = Field.preset(
            "canaryRollbackOn",
            WordType.of("canaryRollbackOn", CanaryRollback.On::word, List.of(CanaryRollback.On.values())),
            CanaryRollback.NONE.on(),
            "After which verdicts the canary is rolled back.",
            experiment -> experiment.canaryRollback().on());

    /** Last of the constants, since it is made of the others. */
    static final ExperimentType INSTANCE = new ExperimentType();

    private ExperimentType() {
        super(
                "experiment",
                "An experiment of Chaos Gate: hurt the target with the faults, and the steady state must hold.",
                Experiment.class,
                List.of(
                        NAME,
                        TARGET,
                        MECHANISM,
                        OVERRIDE_FAULT,
                        GUARD,
                        LEASE,
                        WHEN_BUSY,
                        BUSY_LIMIT,
                        FAULTS,
                        STEADY_STATE,
                        WATCH,
                        CANARY_ROLLBACK,
                        CANARY_ROLLBACK_ON));
    }

    @Override
    void check(Values values) {
        values.find(FAULTS)
                .ifPresent(faults -> FaultConflicts.check(
                        faults, values.find(TARGET).map(Target::canary).orElse(Map.of()), values));
        checkCanaryRollback(values);
        values.find(STEADY_STATE).ifPresent(thresholds -> {
            checkTitles(thresholds, values);
            checkDecisions(thresholds, values);
            values.find(WATCH).ifPresent(watch -> checkWindows(thresholds, watch, values));
        });
    }

    @Override
    Experiment make(Values values) {
        return new Experiment(
                values.get(NAME),
                values.get(TARGET),
                values.get(MECHANISM),
                values.get(OVERRIDE_FAULT),
                new Guard(values.get(GUARD), values.get(LEASE)),
                new WhenBusy(values.get(WHEN_BUSY), values.get(BUSY_LIMIT)),
                values.get(FAULTS).stream().map(Located::value).toList(),
                values.get(STEADY_STATE).stream().map(Located::value).toList(),
                values.get(WATCH),
                new CanaryRollback(values.get(CANARY_ROLLBACK), values.get(CANARY_ROLLBACK_ON)));
    }

    /** A kind of fault or of threshold by its key; empty where there is none. */
    Optional<ObjectType<?>> kind(String key) {
        return Faults.ANY.kind(key).<ObjectType<?>>map(Function.identity()).or(() -> ANY_THRESHOLD.kind(key));
    }

    private static void checkCanaryRollback(Values values) {
        Optional<CanaryRollback.Kind> kind = values.find(CANARY_ROLLBACK);
        boolean noStable =
                values.find(TARGET).map(target -> target.stable().isEmpty()).orElse(false);
        if (noStable && kind.filter(CanaryRollback.Kind.ROUTE_TO_STABLE::equals).isPresent()) {
            values.wrong(
                    CANARY_ROLLBACK,
                    "routeToStable without the labels of the stable version",
                    "labels in target.stable, so that it is certain where the traffic goes");
        }
        boolean inVain = kind.filter(CanaryRollback.Kind.NONE::equals).isPresent()
                && values.find(CANARY_ROLLBACK_ON)
                        .filter(CanaryRollback.On.NOT_PASSED::equals)
                        .isPresent();
        if (inVain) {
            values.wrong(
                    CANARY_ROLLBACK_ON,
                    "notPassed where nothing is rolled back",
                    "a canaryRollback beside it, such as undoDeployment");
        }
    }

    private static void checkTitles(List<Located<Threshold>> thresholds, Values values) {
        Map<String, String> seen = new HashMap<>();
        for (Located<Threshold> threshold : thresholds) {
            String title = threshold.value().title();
            String first = seen.putIfAbsent(title, threshold.path());
            if (first != null) {
                values.wrong(
                        threshold,
                        "found the name " + Words.quote(title) + " of " + first + " again",
                        "a 'name' of its own");
            }
        }
    }

    /** What cannot be counted, or is about samples, cannot be decided by counts. */
    private static void checkDecisions(List<Located<Threshold>> thresholds, Values values) {
        for (Located<Threshold> threshold : thresholds) {
            Judging judging = threshold.value().judging();
            boolean sequential = Decide.of(threshold.value()) == Decide.SEQUENTIAL;
            if (sequential && !Decide.canCount(threshold.value())) {
                values.wrong(
                        threshold,
                        "decide: sequential, where no bad requests can be counted against a limit",
                        "everySample here; sequential is for errorRate (max above 0% and below 100%), latency with a max,"
                                + " and failedRequests, none of them with a min");
            } else if (sequential
                    && (judging.allowedBreaches() > 0 || judging.lasting().isPresent())) {
                values.wrong(
                        threshold,
                        "decide: sequential beside allowedBreaches or for, which are about samples",
                        "decide: everySample with them, or sequential without");
            } else if (!sequential && judging.burstiness().isPresent()) {
                values.wrong(
                        threshold,
                        "a burstiness where every sample is judged for itself",
                        "it only where requests are counted, with decide: sequential");
            }
        }
    }

    /** A window shorter than the time between two looks would let requests in between go unseen. */
    private static void checkWindows(List<Located<Threshold>> thresholds, Watch watch, Values values) {
        for (Located<Threshold> threshold : thresholds) {
            if (threshold.value() instanceof ServiceThreshold service
                    && service.window().compareTo(watch.interval()) < 0) {
                values.wrong(
                        threshold,
                        "it looks back over " + Units.duration(service.window()) + ", but is looked at only every "
                                + Units.duration(watch.interval()),
                        "a window of at least the watch's interval, else requests in between never count");
            }
        }
    }
}
