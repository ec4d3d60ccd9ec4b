package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.chaosgate.pipeline.life.RunningGates;
import io.jenkins.plugins.chaosgate.pipeline.page.GatesAction;
import io.jenkins.plugins.chaosgate.pipeline.target.ChaosGateConfiguration;
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in pipelines of every kind: what it does to the build, and what it gives back. */
@WithJenkins
class ChaosExperimentTest {

    private JenkinsRule jenkins;
    private FakeWorld world;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        world = FakeWorld.target("fake");
    }

    private WorkflowRun build(Result expected, String script) throws Exception {
        return jenkins.buildAndAssertStatus(expected, Pipelines.job(jenkins, script));
    }

    @Test
    void aCanaryThatHoldsIsPromoted() throws Exception {
        WorkflowRun run = build(
                Result.SUCCESS,
                """
                def gate = %s
                echo "passed=${gate.passed} verdict=${gate.verdict} at ${gate.reportUrl}"
                echo "first=${gate.thresholds[0].title} is ${gate.thresholds[0].state}, injected in ${gate.timings.injectMillis} ms"
                if (gate.passed) { echo 'PROMOTED' }
                """
                        .formatted(Pipelines.GATE));
        jenkins.assertLogContains(
                "passed=true verdict=PASSED at " + jenkins.getURL() + run.getUrl() + "chaos-gate/", run);
        jenkins.assertLogContains("first=failed requests of reviews is HELD, injected in ", run);
        jenkins.assertLogContains("PROMOTED", run);
        jenkins.assertLogContains("fault is in", run);
        jenkins.assertLogContains("fault is out", run);
        jenkins.assertLogContains("verdict      PASSED  (report: " + jenkins.getURL() + run.getUrl(), run);
        assertThat(world.hurts()).isFalse();
        assertThat(run.getAction(GatesAction.class)).isNotNull();
    }

    @Test
    void aCanaryThatBreaksFailsTheBuild() throws Exception {
        world.breaksUnderFault();
        WorkflowRun run = build(Result.FAILURE, Pipelines.GATE + "\necho 'PROMOTED'");
        jenkins.assertLogNotContains("PROMOTED", run);
        jenkins.assertLogContains("Chaos gate VIOLATED: failed requests of reviews", run);
        assertThat(world.hurts()).isFalse();
    }

    @Test
    void aDeclarativePipelineStopsBeforeThePromotion() throws Exception {
        world.breaksUnderFault();
        WorkflowRun run = build(
                Result.FAILURE,
                """
                pipeline {
                    agent none
                    stages {
                        stage('gate') { steps { %s } }
                        stage('promote') { steps { echo 'PROMOTED' } }
                    }
                    post { failure { echo 'HEARD OF IT' } }
                }
                """
                        .formatted(Pipelines.GATE));
        jenkins.assertLogNotContains("PROMOTED", run);
        jenkins.assertLogContains("HEARD OF IT", run);
    }

    @Test
    void theAuthorChoosesWhatAViolationMeans() throws Exception {
        world.breaksUnderFault();
        WorkflowRun unstable = build(
                Result.UNSTABLE,
                """
                def gate = %s
                echo "passed=${gate.passed}"
                """
                        .formatted(Pipelines.gate("onViolation: 'UNSTABLE'")));
        jenkins.assertLogContains("passed=false", unstable);
        WorkflowRun success = build(
                Result.SUCCESS,
                """
                def gate = %s
                echo "verdict=${gate.verdict}, ${gate.thresholds}"
                """
                        .formatted(Pipelines.gate("onViolation: 'SUCCESS'")));
        jenkins.assertLogContains("verdict=VIOLATED, [failed requests of reviews: VIOLATED]", success);
    }

    @Test
    void anUnstableDeclarativePipelineMayStopToo() throws Exception {
        world.breaksUnderFault();
        WorkflowRun run = build(
                Result.UNSTABLE,
                """
                pipeline {
                    agent none
                    options { skipStagesAfterUnstable() }
                    stages {
                        stage('gate') { steps { %s } }
                        stage('promote') { steps { echo 'PROMOTED' } }
                    }
                }
                """
                        .formatted(Pipelines.gate("onViolation: 'UNSTABLE'")));
        jenkins.assertLogNotContains("PROMOTED", run);
    }

    @Test
    void whereNothingCanBeSaidTheBuildIsUnstableUnlessToldOtherwise() throws Exception {
        world.withoutTraffic();
        WorkflowRun run = build(Result.UNSTABLE, "def gate = " + Pipelines.GATE + "\necho gate.toString()");
        jenkins.assertLogContains("INCONCLUSIVE: ", run);
        build(Result.FAILURE, Pipelines.gate("onInconclusive: 'FAILURE'"));
        assertThat(world.calls()).doesNotContain("inject");
    }

    @Test
    void aFaultThatStaysInFailsTheBuildWhateverTheAuthorSays() throws Exception {
        world.misbehave = call -> call.startsWith("rollback")
                ? java.util.concurrent.CompletableFuture.failedFuture(new java.io.IOException("503"))
                : null;
        WorkflowRun run = build(
                Result.FAILURE, Pipelines.gate("onViolation: 'SUCCESS', onInconclusive: 'SUCCESS', guard: 'none'"));
        jenkins.assertLogContains("ROLLBACK_FAILED", run);
        jenkins.assertLogContains("kubectl -n bookinfo delete envoyfilter", run);
    }

    @Test
    void catchErrorAndRetryKnowIt() throws Exception {
        world.breaksUnderFault();
        WorkflowRun run = build(
                Result.UNSTABLE,
                """
                catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') {
                    retry(2) { %s }
                }
                echo 'WENT ON'
                """
                        .formatted(Pipelines.GATE));
        jenkins.assertLogContains("WENT ON", run);
        assertThat(run.getLog(1000).stream().filter(line -> line.contains("verdict      VIOLATED")))
                .hasSize(2);
    }

    @Test
    void mistakesAreSaidAllAtOnceAndNothingIsTouched() throws Exception {
        WorkflowRun run = build(
                Result.FAILURE,
                """
                chaosExperiment(cluster: 'fake', namespace: 'bookinfo', canary: [app: 'reviews'],
                    faults: [httpAbort(to: 'ratings', status: 700)],
                    steadyState: [errorRate(of: 'reviews', max: '150%')], duration: '5')
                """);
        jenkins.assertLogContains("faults[0].httpAbort.status: found '700'", run);
        jenkins.assertLogContains("steadyState[0].errorRate.max", run);
        jenkins.assertLogContains("duration: found '5'; did you mean '5s'?", run);
        jenkins.assertLogNotContains("\\tat io.jenkins", run);
        assertThat(world.calls()).isEmpty();
    }

    @Test
    void aCanaryIsRolledBackOnlyWhereTheTargetAllowsIt() throws Exception {
        world.breaksUnderFault();
        ClusterTarget target = ChaosGateConfiguration.get().getTargets().get(0);
        String gate = Pipelines.gate("canaryRollback: 'undoDeployment'");
        target.setCanaryRollbackAllowed(false);
        WorkflowRun refused = build(Result.FAILURE, gate);
        jenkins.assertLogContains(
                "the target \"fake\" does not allow this experiment: rolling the canary back (canaryRollback:"
                        + " undoDeployment) is not allowed",
                refused);
        jenkins.assertLogContains("\"Allow gates to roll canaries back\"", refused);
        assertThat(world.calls()).isEmpty();
        assertThat(world.isRolledBack()).isFalse();

        target.setCanaryRollbackAllowed(true);
        WorkflowRun rolledBack = build(Result.FAILURE, gate);
        jenkins.assertLogContains("verdict      VIOLATED", rolledBack);
        jenkins.assertLogContains("canary       rolled back: ", rolledBack);
        assertThat(world.isRolledBack()).isTrue();
        assertThat(world.hurts()).isFalse();
    }

    @Test
    void anExperimentIsReadFromTheWorkspace() throws Exception {
        WorkflowRun run = build(
                Result.SUCCESS,
                """
                node {
                    writeFile file: 'chaos/ratings.yaml', text: '''%s'''
                    def gate = chaosExperiment(file: 'chaos/ratings.yaml', variables: [VERSION: 'v2'])
                    echo "passed=${gate.passed}"
                }
                """
                        .formatted(Pipelines.FILE));
        jenkins.assertLogContains("passed=true", run);
        WorkflowRun none = build(Result.FAILURE, "chaosExperiment(file: 'chaos/ratings.yaml')");
        jenkins.assertLogContains("there is none here; put the step inside node { }", none);
        WorkflowRun missing = build(Result.FAILURE, "node { chaosExperiment(file: 'nowhere.yaml') }");
        jenkins.assertLogContains("no file 'nowhere.yaml' inside the workspace", missing);
        WorkflowRun outside = build(Result.FAILURE, "node { chaosExperiment(file: '../../config.xml') }");
        jenkins.assertLogContains("no file '../../config.xml' inside the workspace", outside);
    }

    @Test
    void itHoldsNoExecutorAndSaysWhatItIsDoing() throws Exception {
        WorkflowRun run = Pipelines.job(jenkins, Pipelines.gate("duration: '1m'"))
                .scheduleBuild2(0)
                .waitForStart();
        String status =
                Pipelines.await("the gate to watch", () -> Pipelines.statuses(run), text -> text.contains("watching"));
        assertThat(status).contains("s left").contains("failed requests");
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        assertThat(run.getExecution().blocksRestart()).isTrue();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(world.hurts()).isFalse();
    }

    @Test
    void theBlockRunsWithTheGateAndEndsWithIt() throws Exception {
        WorkflowRun run = build(
                Result.SUCCESS,
                """
                def gate = %s
                echo "passed=${gate.passed}"
                """
                        .formatted(Pipelines.around(Pipelines.GATE, "echo 'LOAD'; semaphore 'never-released'")));
        jenkins.assertLogContains("LOAD", run);
        jenkins.assertLogContains("passed=true", run);
    }

    @Test
    void aBlockThatEndsEarlyIsNoHarmAndOneThatFailsEndsTheGate() throws Exception {
        WorkflowRun early = build(
                Result.SUCCESS,
                "def gate = " + Pipelines.around(Pipelines.GATE, "echo 'LOAD'") + "\necho \"passed=${gate.passed}\"");
        jenkins.assertLogContains("passed=true", early);
        WorkflowRun failed =
                build(Result.FAILURE, Pipelines.around(Pipelines.gate("duration: '1m'"), "sleep 2; error 'no load'"));
        jenkins.assertLogContains("no load", failed);
        jenkins.assertLogContains("verdict      ABORTED", failed);
        assertThat(world.hurts()).isFalse();
    }

    @Test
    void gatesRunSideBySide() throws Exception {
        FakeWorld.target("other").breaksUnderFault();
        WorkflowRun run = build(
                Result.FAILURE,
                """
                parallel failFast: true,
                    good: { %s },
                    bad: { %s }
                """
                        .formatted(
                                Pipelines.gate("duration: '1m'"),
                                Pipelines.GATE.replace("cluster: 'fake'", "cluster: 'other'")));
        jenkins.assertLogContains("verdict      VIOLATED", run);
        jenkins.assertLogContains("verdict      ABORTED", run);
        assertThat(world.hurts()).isFalse();
        assertThat(RunningGates.get()).isNotNull();
    }
}
