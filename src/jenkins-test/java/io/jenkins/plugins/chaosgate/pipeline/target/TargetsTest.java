package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Cause;
import hudson.model.Cause.UserIdCause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may use which target, in a real Jenkins. */
@WithJenkins
class TargetsTest {

    private static final Experiment EXPERIMENT = ExperimentReader.read(
            "test.yaml",
            """
            name: reviews survives
            target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
            faults:
              - httpAbort: {to: ratings, status: 500, percentage: 100}
            steadyState:
              - errorRate: {of: reviews, max: 1%}
            """,
            Map.of());

    private JenkinsRule jenkins;

    @BeforeEach
    void aJenkinsWithPeople(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("may", "may-not")
                .grant(ChaosGatePermissions.INJECT)
                .everywhere()
                .to("may"));
        ChaosGateConfiguration.get().setTargets(List.of(target("staging")));
    }

    static ClusterTarget target(String name) {
        ClusterTarget target = new ClusterTarget(name);
        target.setNamespaces(List.of("bookinfo"));
        return target;
    }

    @Test
    void whoStartsABuildNeedsThePermission() throws Exception {
        assertThat(Targets.allowed(build(new UserIdCause("may")), "staging", EXPERIMENT)
                        .getName())
                .isEqualTo("staging");
        WorkflowRun build = build(new UserIdCause("may-not"));
        assertThatThrownBy(() -> Targets.allowed(build, "staging", EXPERIMENT))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining(
                        "\"may-not\", who had a part in starting this build, may not inject faults in \"job\"")
                .hasMessageContaining("ChaosGate/Inject");
    }

    @Test
    void nobodyIsAskedBehindATimer() throws Exception {
        WorkflowRun build = build(new hudson.triggers.TimerTrigger.TimerTriggerCause());
        assertThatCode(() -> Targets.allowed(build, "", EXPERIMENT)).doesNotThrowAnyException();
    }

    private WorkflowRun build(Cause cause) throws Exception {
        WorkflowJob job = (WorkflowJob) jenkins.jenkins.getItem("job");
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("", true));
        }
        return jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0, new CauseAction(cause)));
    }
}
