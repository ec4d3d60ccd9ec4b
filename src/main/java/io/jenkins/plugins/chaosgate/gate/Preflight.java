package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPlan;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.verdict.Needs;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks at everything that a gate needs before it changes anything, and says all that is wrong at once. */
final class Preflight implements Phase {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public PhaseName name() {
        return PhaseName.PREFLIGHT;
    }

    @Override
    public CompletionStage<Optional<Verdict>> run(GateRun run) {
        return run.orAborted(examine(run)).thenApply(prepared -> {
            run.prepared(prepared);
            run.emit(prepared);
            return refusal(prepared.findings());
        });
    }

    /** The findings of the cluster, of telemetry and, where nothing speaks against it, of a server-side dry run. */
    static CompletionStage<GateEvent.Prepared> examine(GateRun run) {
        return plan(run).thenCompose(plan -> canary(run).thenCompose(canary -> telemetry(run, plan.scene())
                .thenApply(findings -> plan.withFindings(joined(
                        joined(joined(joined(plan.findings(), pods(run, plan)), canary.findings()), findings),
                        evidence(run.experiment))))
                .thenCompose(all -> refusal(all.findings()).isPresent()
                        ? CompletableFuture.completedFuture(all)
                        : dryRun(run, all, canary.steps()))
                .thenApply(all -> new GateEvent.Prepared(
                        run.now(), all.findings(), all.scene(), all.guard(), all.changes(), canary.steps()))));
    }

    /** How the canary would be rolled back, where that is asked for. */
    private static CompletableFuture<CanaryPlan> canary(GateRun run) {
        if (!run.experiment.canaryRollback().isAsked()) {
            return CompletableFuture.completedFuture(CanaryPlan.NONE);
        }
        return run.within(LIMIT, "looking at how the canary would be rolled back", () -> run.injector
                        .canaryKeeper()
                        .plan(run.experiment, run.ticket))
                .exceptionally(failure ->
                        new CanaryPlan(List.of(Finding.error("canary rollback", Failures.words(failure))), List.of()));
    }

    private static CompletableFuture<Plan> plan(GateRun run) {
        return run.within(LIMIT, "looking at the cluster", () -> run.injector.plan(run.experiment, run.ticket))
                .exceptionally(failure ->
                        new Plan(List.of(Finding.error("cluster", Failures.words(failure))), Scene.UNKNOWN, List.of()));
    }

    private static List<Finding> pods(GateRun run, Plan plan) {
        return PodFindings.of(
                run.experiment.target(), run.experiment.pods(), plan.scene().pods());
    }

    private static CompletableFuture<List<Finding>> telemetry(GateRun run, Scene scene) {
        return run.within(LIMIT, "asking Prometheus", () -> run.metrics.check(run.experiment, scene))
                .exceptionally(failure -> List.of(Finding.noEvidence("prometheus", Failures.words(failure))));
    }

    /** How much traffic each threshold will need. */
    private static List<Finding> evidence(Experiment experiment) {
        return experiment.steadyState().stream()
                .flatMap(threshold -> Needs.of(threshold, experiment.watch())
                        .map(needs ->
                                Finding.ok("evidence", threshold.title() + ": " + needs.words(experiment.watch())))
                        .stream())
                .toList();
    }

    private static CompletableFuture<Plan> dryRun(GateRun run, Plan plan, List<CanaryStep> canary) {
        CompletableFuture<List<Finding>> refusals = CompletableFuture.completedFuture(List.of());
        // A gate that looks again after it waited has made its guard already.
        Optional<Change> guard = run.footprint.guard.mayBeIn().isPresent() ? Optional.empty() : plan.guard();
        List<Change> all = joined(
                joined(guard.stream().toList(), plan.changes()),
                canary.stream().map(CanaryStep::change).toList());
        for (Change change : all) {
            refusals = refusals.thenCompose(before -> run.within(
                            LIMIT,
                            "dry run of " + change.object(),
                            () -> change.rollsCanaryBack()
                                    ? run.injector.canaryKeeper().dryRun(change)
                                    : run.injector.dryRun(change))
                    .thenApply(taken -> before)
                    .exceptionally(failure -> joined(
                            before,
                            List.of(Finding.error(
                                    "dry run",
                                    "the cluster would not take " + change.object() + ": "
                                            + Failures.words(failure))))));
        }
        return refusals.thenApply(findings -> plan.withFindings(joined(plan.findings(), findings)));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** The verdict where a finding stops the gate; a gate that has no evidence to hope for is inconclusive. */
    private static Optional<Verdict> refusal(List<Finding> findings) {
        List<String> errors = texts(findings, Finding.Severity.ERROR);
        List<String> blind = texts(findings, Finding.Severity.NO_EVIDENCE);
        if (!errors.isEmpty()) {
            return Optional.of(Verdict.refused("could not start: " + String.join("; ", joined(errors, blind))));
        }
        return blind.isEmpty()
                ? Optional.empty()
                : Optional.of(Verdict.inconclusive("no evidence to be had: " + String.join("; ", blind)));
    }

    private static List<String> texts(List<Finding> findings, Finding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
    }
}
