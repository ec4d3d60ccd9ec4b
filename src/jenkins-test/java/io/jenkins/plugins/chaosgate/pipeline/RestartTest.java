package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins goes away in good order while a gate is open, and comes back. */
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowRun hurting(JenkinsRule jenkins, FakeWorld world, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "gated");
        job.setDefinition(new org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition(script, true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        Pipelines.await("the fault to be in", world::hurts, hurts -> hurts);
        return run;
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("gated", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    void aRestartTakesTheFaultOutFirstAndTheBuildSaysSo() throws Throwable {
        FakeWorld[] world = new FakeWorld[1];
        sessions.then(jenkins -> {
            world[0] = FakeWorld.target("fake");
            hurting(jenkins, world[0], "def gate = " + Pipelines.gate("duration: '10m'") + "\necho gate.reason");
        });
        assertThat(world[0].hurts()).isFalse();
        sessions.then(jenkins -> {
            FakeWorld.reconnect();
            WorkflowRun run = build(jenkins);
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Jenkins was shut down while the gate was open", run);
            assertThat(world[0].hurts()).isFalse();
        });
    }

    @Test
    void aBlockIsEndedToo() throws Throwable {
        FakeWorld[] world = new FakeWorld[1];
        sessions.then(jenkins -> {
            world[0] = FakeWorld.target("fake");
            hurting(
                    jenkins,
                    world[0],
                    Pipelines.around(Pipelines.gate("duration: '10m'"), "semaphore 'load'") + "\necho 'WENT ON'");
        });
        assertThat(world[0].hurts()).isFalse();
        sessions.then(jenkins -> {
            FakeWorld.reconnect();
            WorkflowRun run = build(jenkins);
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("WENT ON", run);
        });
    }
}
