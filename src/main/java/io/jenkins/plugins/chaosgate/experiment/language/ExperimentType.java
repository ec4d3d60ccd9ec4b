package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Condition;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.experiment.WhenBusy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A whole experiment: the root of the language. */
final class ExperimentType extends ObjectType<Experiment> {

    private static final OneOfType<Condition> ANY_THRESHOLD = new OneOfType<>(
            "threshold",
            Condition::kind,
            List.of(
                    new FailedRequestsType(),
                    new ErrorRateType(),
                    new LatencyType(),
                    new ThroughputType(),
                    new PromQlType(),
                    new WebhookType(),
                    new PodsType()));

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
    private static final Field<Experiment, List<Located<Fault>>> FAULTS = Field.optional(
            "faults",
            new ListType<>(Faults.ANY, 0, "faults"),
            "What is hurt; at least one, unless it is a control run.",
            experiment -> Optional.of(
                    experiment.faults().stream().map(Located::nowhere).toList()));
    private static final Field<Experiment, Boolean> CONTROL_RUN = Field.preset(
            "controlRun",
            WordType.truth(),
            false,
            "Whether the gate only watches, and nothing is hurt; only without faults.",
            Experiment::isControlRun);
    private static final Field<Experiment, List<Located<Condition>>> STEADY_STATE = Field.required(
            "steadyState",
            new ListType<>(ANY_THRESHOLD, 1, "thresholds"),
            "What must hold before, under and after the fault.",
            experiment -> Stream.concat(experiment.steadyState().stream(), Stream.of(experiment.pods()))
                    .<Located<Condition>>map(Located::nowhere)
                    .toList());
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
                        CONTROL_RUN,
                        STEADY_STATE,
                        WATCH,
                        CANARY_ROLLBACK,
                        CANARY_ROLLBACK_ON));
    }

    @Override
    void check(Values values) {
        List<Located<Fault>> faults = values.find(FAULTS).orElse(List.of());
        FaultConflicts.check(faults, values.find(TARGET).map(Target::canary).orElse(Map.of()), values);
        checkControlRun(values);
        checkCanaryRollback(values);
        values.find(STEADY_STATE).ifPresent(conditions -> checkSteadyState(conditions, faults, values));
    }

    private static void checkSteadyState(
            List<Located<Condition>> conditions, List<Located<Fault>> faults, Values values) {
        List<Located<Threshold>> thresholds = Located.only(Threshold.class, conditions);
        PodsType.checkNumber(Located.only(PodLimits.class, conditions), values);
        if (thresholds.isEmpty() && values.items(STEADY_STATE) == conditions.size()) {
            values.wrong(
                    STEADY_STATE, "found pods alone", "a threshold beside it, so that what callers get is judged, too");
        }
        ThresholdRules.check(thresholds, values);
        UnbreakableLimits limits = new UnbreakableLimits(values);
        if (values.items(FAULTS) == faults.size()) {
            limits.checkPercentages(faults, thresholds);
        }
        values.find(WATCH).ifPresent(watch -> {
            ThresholdRules.checkWindows(thresholds, watch, values);
            limits.check(thresholds, watch);
            limits.checkDelays(faults, watch);
        });
    }

    /** Only that one of them is there: what they say together is more than a schema can tell. */
    @Override
    void refine(ObjectNode schema) {
        ArrayNode one = schema.putArray("anyOf");
        Stream.of(FAULTS, CONTROL_RUN)
                .forEach(field -> one.addObject().putArray("required").add(field.name()));
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
                Located.values(Fault.class, values.find(FAULTS).orElse(List.of())),
                values.get(CONTROL_RUN),
                Located.values(Threshold.class, values.get(STEADY_STATE)),
                Located.values(PodLimits.class, values.get(STEADY_STATE)).stream()
                        .findFirst()
                        .orElse(PodLimits.DEFAULT),
                values.get(WATCH),
                new CanaryRollback(values.get(CANARY_ROLLBACK), values.get(CANARY_ROLLBACK_ON)));
    }

    /** A kind of fault or of threshold by its key; empty where there is none. */
    Optional<ObjectType<?>> kind(String key) {
        return Faults.ANY.kind(key).<ObjectType<?>>map(Function.identity()).or(() -> ANY_THRESHOLD.kind(key));
    }

    /** Nothing to hurt may be meant, or a variable that was never set: only a word of its own tells. */
    private static void checkControlRun(Values values) {
        boolean asked = values.find(CONTROL_RUN).orElse(true);
        boolean none = values.items(FAULTS) == 0;
        if (asked && !none && values.find(CONTROL_RUN).isPresent()) {
            values.wrong(
                    CONTROL_RUN,
                    "found controlRun: true beside faults",
                    "one of them: faults, or 'controlRun: true' for a run that hurts nothing");
        }
        boolean readable = values.find(FAULTS).isPresent() || !values.isWritten(FAULTS) && !values.mayBeMeant(FAULTS);
        if (!asked && none && readable) {
            values.wrong(
                    FAULTS,
                    values.isWritten(FAULTS) ? "found no faults" : "missing field 'faults'",
                    "at least one fault, or 'controlRun: true' beside it for a control run, which only watches");
        }
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
}
