package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Many gates at once in one Jenkins. */
@WithJenkins
class ManyGatesTest {

    private static final int GATES = 50;

    @Test
    void fiftyGatesAtOnceTakeNoExecutorAndFewThreads(JenkinsRule jenkins) throws Exception {
        Set<Thread> before = threads();
        FakeWorld world = FakeWorld.target("fake");
        List<QueueTaskFuture<WorkflowRun>> builds = new ArrayList<>();
        for (int i = 0; i < GATES; i++) {
            builds.add(Pipelines.job(jenkins, Pipelines.gate("duration: '10m'")).scheduleBuild2(0));
        }
        Pipelines.await("all to hurt", world::hurting, hurting -> hurting == GATES);
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        Set<Thread> ours = threads();
        ours.removeAll(before);
        assertThat(ours).hasSizeLessThan(30);
        for (QueueTaskFuture<WorkflowRun> build : builds) {
            build.waitForStart().doStop();
        }
        for (QueueTaskFuture<WorkflowRun> build : builds) {
            jenkins.assertBuildStatus(Result.ABORTED, build.get());
        }
        assertThat(world.hurting()).isZero();
    }

    /** The plugin's own; an earlier Jenkins of this Java may have left some that are still idle. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("chaos-gate"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
