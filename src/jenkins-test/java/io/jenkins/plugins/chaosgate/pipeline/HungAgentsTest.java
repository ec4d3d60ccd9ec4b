package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.GateIds;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.pipeline.life.GateCaller;
import io.jenkins.plugins.chaosgate.pipeline.life.RunningGates;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Gates whose files lie on agents that do not answer, beside gates that could begin. */
@WithJenkins
class HungAgentsTest {

    /** A step whose experiment comes from an agent that hangs, or that has no such file. */
    private record Asking(boolean agent, boolean hangs, CompletableFuture<Throwable> refused) implements GateCaller {

        @Override
        public String cluster() {
            return "";
        }

        @Override
        public boolean asksAgent() {
            return agent;
        }

        @Override
        public Experiment experiment() throws IOException, InterruptedException {
            if (hangs) {
                new CountDownLatch(1).await();
            }
            throw new AbortException("no such file");
        }

        @Override
        public TaskListener listener() {
            return TaskListener.NULL;
        }

        @Override
        public String goneBecause() {
            return null;
        }

        @Override
        public void couldNotBegin(Throwable why) {
            refused.complete(why);
        }

        @Override
        public void ended(Verdict verdict, GateSnapshot snapshot) {
            refused.completeExceptionally(new AssertionError("it has a verdict: " + verdict));
        }
    }

    @Test
    void agentsThatHangKeepNobodyElseFromBeginning(JenkinsRule jenkins) throws Exception {
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        List<String> ids = new ArrayList<>();
        List<CompletableFuture<Throwable>> stopped = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Asking hung = new Asking(true, true, new CompletableFuture<>());
            ids.add(GateIds.next());
            stopped.add(hung.refused());
            RunningGates.get().begin(ids.get(i), run, hung);
        }

        for (boolean agent : new boolean[] {true, false}) {
            Asking other = new Asking(agent, false, new CompletableFuture<>());
            RunningGates.get().begin(GateIds.next(), run, other);
            assertThat(other.refused().get(20, TimeUnit.SECONDS)).hasMessage("no such file");
        }

        for (String id : ids) {
            assertThat(RunningGates.get().stop(id, "the build was stopped")).isTrue();
        }
        for (CompletableFuture<Throwable> end : stopped) {
            assertThat(end.get(20, TimeUnit.SECONDS)).hasMessage("the build was stopped");
        }
        assertThat(RunningGates.get().isEmpty()).isTrue();
    }
}
