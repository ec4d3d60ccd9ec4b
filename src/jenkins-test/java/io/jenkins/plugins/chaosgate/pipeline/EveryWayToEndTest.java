package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.chaosgate.pipeline.life.RunningGates;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever becomes of a build: the fault goes out. */
@WithJenkins
class EveryWayToEndTest {

    private static final String LONG = Pipelines.gate("duration: '10m'");

    private JenkinsRule jenkins;
    private FakeWorld world;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        world = FakeWorld.target("fake");
    }

    /** A build whose fault is in. */
    private WorkflowRun hurting(String script) throws Exception {
        WorkflowRun run = Pipelines.job(jenkins, script).scheduleBuild2(0).waitForStart();
        Pipelines.await("the fault to be in", world::hurts, hurts -> hurts);
        return run;
    }

    private void assertFaultGoesOut() throws Exception {
        Pipelines.await("the fault to be out", world::hurts, hurts -> !hurts);
    }

    private void assertEnds(Result result, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
        assertThat(world.hurts()).isFalse();
    }

    @Test
    void aBuildIsStopped() throws Exception {
        WorkflowRun run = hurting(LONG + "\necho 'WENT ON'");
        run.doStop();
        assertEnds(Result.ABORTED, run);
        jenkins.assertLogContains("verdict      ABORTED", run);
        jenkins.assertLogNotContains("WENT ON", run);
    }

    @Test
    void aBuildWithABlockIsStopped() throws Exception {
        WorkflowRun run = hurting(Pipelines.around(LONG, "semaphore 'stopped-in-the-block'"));
        run.doStop();
        assertEnds(Result.ABORTED, run);
        jenkins.assertLogContains("verdict      ABORTED", run);
    }

    @Test
    void aBuildWhoseBlockIsOverIsStopped() throws Exception {
        WorkflowRun run = hurting(Pipelines.around(LONG, "echo 'LOAD'"));
        run.doStop();
        assertEnds(Result.ABORTED, run);
    }

    @Test
    void theTimeIsUp() throws Exception {
        WorkflowRun run = hurting("timeout(time: 6, unit: 'SECONDS') { " + LONG + " }");
        assertEnds(Result.ABORTED, run);
        jenkins.assertLogContains("verdict      ABORTED", run);
    }

    @Test
    void anotherBranchFails() throws Exception {
        WorkflowRun run = hurting("parallel failFast: true, gate: { " + LONG + " }, other: { sleep 5; error 'other' }");
        assertEnds(Result.FAILURE, run);
        jenkins.assertLogContains("verdict      ABORTED", run);
    }

    @Test
    void aStepIsTerminatedByForce() throws Exception {
        WorkflowRun run = hurting(LONG);
        run.doTerm();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertFaultGoesOut();
    }

    @Test
    void aStepIsTerminatedByForceWhileThePipelineGoesOn() throws Exception {
        WorkflowRun run = hurting("try { " + LONG + " } catch (gone) { echo 'CAUGHT' }\nsemaphore 'after'");
        run.doTerm();
        assertFaultGoesOut();
        org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep.waitForStart("after/1", run);
        org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep.success("after/1", null);
        jenkins.waitForCompletion(run);
    }

    @Test
    void aBuildIsKilledHard() throws Exception {
        WorkflowRun run = hurting(LONG);
        run.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertFaultGoesOut();
    }

    @Test
    void aBuildIsKilledAndDeleted() throws Exception {
        WorkflowRun run = hurting(LONG);
        run.doKill();
        jenkins.waitForCompletion(run).delete();
        assertFaultGoesOut();
        Pipelines.await("no gate to run", () -> RunningGates.get().isEmpty(), empty -> empty);
    }

    @Test
    void aJobIsDeleted() throws Exception {
        WorkflowRun run = hurting(LONG);
        WorkflowJob job = run.getParent();
        job.delete();
        assertThat(world.hurts()).isFalse();
        assertThat(jenkins.jenkins.getItem(job.getName())).isNull();
    }

    @Test
    void somebodyRollsBackFromThePage() throws Exception {
        WorkflowRun run = hurting(LONG);
        String id = Pipelines.gateId(run);
        assertThat(RunningGates.get().stop(id, "rolled back from the build's page by alice"))
                .isTrue();
        assertEnds(Result.ABORTED, run);
        jenkins.assertLogContains("rolled back from the build's page by alice", run);
    }

    @Test
    void thePipelineIsPaused() throws Exception {
        WorkflowRun run = hurting(Pipelines.GATE + "\necho 'WENT ON'");
        ((org.jenkinsci.plugins.workflow.cps.CpsFlowExecution) run.getExecution()).pause(true);
        assertFaultGoesOut();
        assertThat(run.isBuilding()).isTrue();
        ((org.jenkinsci.plugins.workflow.cps.CpsFlowExecution) run.getExecution()).pause(false);
        assertEnds(Result.SUCCESS, run);
        jenkins.assertLogContains("WENT ON", run);
    }
}
