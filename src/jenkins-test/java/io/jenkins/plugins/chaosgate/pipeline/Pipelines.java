package io.jenkins.plugins.chaosgate.pipeline;

import io.jenkins.plugins.chaosgate.pipeline.page.GatesAction;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines for tests: quick gates, in a sandbox, as everybody's pipelines are. */
final class Pipelines {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A gate that takes a few seconds. */
    static final String GATE = gate("");

    /** The same as a file. */
    static final String FILE =
            """
            name: reviews survives
            target: {namespace: bookinfo, canary: {app: reviews, version: "${VERSION}"}}
            faults: [{httpAbort: {to: ratings, status: 503}}]
            steadyState: [{failedRequests: {of: reviews, max: 10}}]
            watch: {warmup: 1s, duration: 3s, interval: 1s, recovery: 2s, missingData: 5s}
            """;

    private Pipelines() {}

    /** The gate with more parameters, or other ones. */
    static String gate(String more) {
        String duration = more.contains("duration:") ? "" : "duration: '3s', ";
        return "chaosExperiment(cluster: 'fake', name: 'reviews survives', namespace: 'bookinfo',"
                + " canary: [app: 'reviews', version: 'v2'], faults: [httpAbort(to: 'ratings', status: 503)],"
                + " steadyState: [failedRequests(of: 'reviews', max: 10)], "
                + duration
                + "warmup: '1s', interval: '1s', recovery: '2s', missingData: '5s'"
                + (more.isEmpty() ? "" : ", " + more) + ")";
    }

    /** The gate around a block. */
    static String around(String gate, String block) {
        return gate.replace("chaosExperiment(", "withChaosExperiment(") + " { " + block + " }";
    }

    static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** What the steps of a build say they are doing. */
    static String statuses(WorkflowRun run) throws Exception {
        return run.getExecution() == null
                ? ""
                : run.getExecution().getCurrentExecutions(false).get().stream()
                        .map(StepExecution::getStatus)
                        .map(String::valueOf)
                        .collect(Collectors.joining("\n"));
    }

    /** Waits until the value is as it should be. */
    static <T> T await(String what, Callable<T> value, Predicate<T> asItShouldBe) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        T last = value.call();
        while (!asItShouldBe.test(last)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited for " + what + ", last saw: " + last);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            last = value.call();
        }
        return last;
    }

    /** The id of the only gate of a build. */
    static String gateId(WorkflowRun run) throws Exception {
        return await(
                        "the gate to be known to its build",
                        () -> run.getAction(GatesAction.class),
                        action -> action != null)
                .getEntries()
                .get(0)
                .getId();
    }
}
