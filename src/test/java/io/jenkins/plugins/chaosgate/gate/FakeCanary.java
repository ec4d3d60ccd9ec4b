package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryKeeper;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPlan;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding.State;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Deployments in memory that go back to the revision before, and can be told to misbehave. */
public final class FakeCanary implements CanaryKeeper {

    /** How often each object was really changed, and when last. */
    final Map<ObjectRef, Integer> changed = new HashMap<>();

    final Map<ObjectRef, Instant> backSince = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    int deployments = 1;
    /** Whether somebody else changed them since preflight. */
    boolean foreign;
    /** How long their pods take. */
    public Duration settles = Duration.ofSeconds(4);
    /** Decides for a call ("dryRun", "carryOut", "look") what it answers; null: as usual. */
    Function<String, CompletionStage<?>> misbehave = call -> null;
    /** Whether a call that fails has had its effect all the same. */
    boolean effectDespiteFailure;

    private final GateClock clock;

    public FakeCanary(GateClock clock) {
        this.clock = clock;
    }

    /** Whether all of them are back. */
    public boolean isBack() {
        return backSince.size() == deployments;
    }

    @SuppressWarnings("unchecked")
    private <T> CompletionStage<T> call(String name, T answer) {
        calls.add(name);
        CompletionStage<?> other = misbehave.apply(name);
        return other == null ? CompletableFuture.completedFuture(answer) : (CompletionStage<T>) other;
    }

    @Override
    public CompletionStage<CanaryPlan> plan(Experiment experiment, GateTicket ticket) {
        List<CanaryStep> steps = IntStream.range(0, deployments)
                .mapToObj(i -> read(new Change(
                        ticket.id(),
                        new ObjectRef("apps/v1", "Deployment", "bookinfo", "reviews-v" + (2 + i)),
                        true,
                        "{}",
                        List.of(),
                        Change.Purpose.CANARY)))
                .toList();
        return call("plan", new CanaryPlan(findings, steps));
    }

    @Override
    public CanaryStep read(Change change) {
        String name = change.object().name();
        return new CanaryStep(
                change,
                change.object() + " to revision 3",
                List.of("kubectl rollout undo deployment/" + name + " --to-revision=3"),
                List.of("kubectl rollout undo deployment/" + name + " --to-revision=4"));
    }

    @Override
    public CompletionStage<Void> dryRun(Change step) {
        return call("dryRun", null);
    }

    @Override
    public CompletionStage<CanaryStanding> carryOut(Change step) {
        calls.add("carryOut");
        CompletionStage<?> other = misbehave.apply("carryOut");
        boolean touches = (other == null || effectDespiteFailure) && !foreign && !backSince.containsKey(step.object());
        if (touches) {
            changed.merge(step.object(), 1, Integer::sum);
            backSince.put(step.object(), clock.now());
        }
        return other == null
                ? CompletableFuture.completedFuture(standing(step))
                : other.thenApply(answer -> (CanaryStanding) answer);
    }

    @Override
    public CompletionStage<CanaryStanding> look(Change step) {
        return call("look", standing(step));
    }

    private CanaryStanding standing(Change step) {
        Instant since = backSince.get(step.object());
        if (since == null) {
            return foreign
                    ? new CanaryStanding(State.FOREIGN, "its template is no longer as preflight saw it")
                    : new CanaryStanding(State.OPEN, "");
        }
        return clock.now().isBefore(since.plus(settles))
                ? new CanaryStanding(State.ASKED, "0 of 1 pods replaced")
                : new CanaryStanding(State.DONE, "1 of 1 pods replaced");
    }
}
