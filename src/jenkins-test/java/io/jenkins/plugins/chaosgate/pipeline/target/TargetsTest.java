package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.Cause.UserIdCause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.triggers.TimerTrigger.TimerTriggerCause;
import hudson.util.FormValidation;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
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
        WorkflowRun build = build(new TimerTriggerCause());
        assertThatCode(() -> Targets.allowed(build, "", EXPERIMENT)).doesNotThrowAnyException();
    }

    @Test
    void everybodyInTheChainNeedsThePermission() throws Exception {
        WorkflowRun byHand = build(new UserIdCause("may-not"));
        WorkflowRun below = build(new Cause.UpstreamCause(byHand));
        WorkflowRun furtherBelow = build(new Cause.UpstreamCause(below));
        for (WorkflowRun build : List.of(below, furtherBelow)) {
            assertRefused(build, "staging", "\"may-not\"", "may not inject faults");
        }
        assertThat(allowed(build(new Cause.UpstreamCause(build(new UserIdCause("may")))), "staging"))
                .isEqualTo("staging");
        WorkflowRun both = build(new UserIdCause("may"), new UserIdCause("may-not"));
        assertRefused(both, "staging", "\"may-not\"");
        WorkflowRun deep = build(new UserIdCause("may"));
        for (int i = 0; i < 14; i++) {
            deep = build(new Cause.UpstreamCause(deep));
        }
        assertRefused(deep, "staging", "cannot tell who started this build");
    }

    @Test
    void whoReplaysABuildNeedsThePermission() throws Exception {
        WorkflowRun original = build(new UserIdCause("may"));
        WorkflowRun[] replayed = new WorkflowRun[1];
        try (ACLContext context = ACL.as2(User.getById("may-not", true).impersonate2())) {
            assertThat(context).isNotNull();
            replayed[0] = (WorkflowRun) original.getAction(ReplayAction.class)
                    .run2("", Map.of())
                    .getFuture()
                    .get();
        }
        assertRefused(replayed[0], "staging", "\"may-not\"");
    }

    @Test
    void aBuildThatRunsAsSomebodyGoesByThatAccount() throws Exception {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("job", User.getById("may-not", true).impersonate2()));
        assertRefused(build(new UserIdCause("may")), "staging", "this build runs as \"may-not\"");
        assertRefused(build(new TimerTriggerCause()), "staging", "this build runs as \"may-not\"");
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("job", User.getById("may", true).impersonate2()));
        assertThat(allowed(build(new TimerTriggerCause()), "staging")).isEqualTo("staging");
    }

    @Test
    void whoIsNobodyIsAnonymous() throws Exception {
        assertRefused(build(new UserIdCause(null)), "staging", "\"anonymous\"");
        assertRefused(build(new UserIdCause("gone")), "staging", "\"gone\"");
    }

    @Test
    void aTargetIsFoundByItsName() throws Exception {
        WorkflowRun build = build(new TimerTriggerCause());
        assertThat(allowed(build, "")).as("the only one").isEqualTo("staging");
        assertThat(allowed(build, null)).isEqualTo("staging");
        assertRefused(build, "stagign", "unknown target", "did you mean 'staging'?");
        assertRefused(build, "https://evil.example:6443", "unknown target");
        ChaosGateConfiguration.get().setTargets(List.of(target("staging"), target("production")));
        assertRefused(build, "", "expected cluster to name one of the targets", "\"staging\", \"production\"");
        ChaosGateConfiguration.get().setTargets(List.of());
        assertRefused(build, "staging", "there is no target for this job", "Manage Jenkins");
        assertThat(Targets.find("staging")).isEmpty();
    }

    @Test
    void theTargetsLimitsHold() throws Exception {
        ClusterTarget elsewhere = new ClusterTarget("staging");
        elsewhere.setNamespaces(List.of("shop"));
        ChaosGateConfiguration.get().setTargets(List.of(elsewhere));
        assertRefused(
                build(new TimerTriggerCause()),
                "staging",
                "the target \"staging\" does not allow this experiment",
                "the namespace \"bookinfo\" is not one of its namespaces (shop)",
                "An administrator can change that");
    }

    @Test
    void foldersTakeTargetsAway() throws Exception {
        ChaosGateConfiguration.get().setTargets(List.of(target("staging"), target("production")));
        Folder outer = jenkins.createProject(Folder.class, "outer");
        Folder inner = outer.createProject(Folder.class, "inner");
        WorkflowJob job = inner.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("", true));
        WorkflowRun build =
                jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new TimerTriggerCause())));
        assertThat(Targets.visibleTo(job)).containsExactly("staging", "production");

        outer.addProperty(new TargetsProperty(List.of("staging, gone")));
        assertThat(Targets.visibleTo(job)).containsExactly("staging");
        assertThat(Targets.visibleTo(outer)).containsExactly("staging");
        assertThat(allowed(build, "")).isEqualTo("staging");
        assertRefused(build, "production", "is not for jobs of this folder, which may use \"staging\"");

        inner.addProperty(new TargetsProperty(List.of("production")));
        assertThat(Targets.visibleTo(job)).as("nothing is given back").isEmpty();
        assertRefused(build, "staging", "is not for jobs of this folder, which may use none");
        assertThat(Targets.find("production")).as("for cleaning up").isPresent();
    }

    @Test
    void theFoldersFormKeepsTheProperty() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        Folder folder = jenkins.createProject(Folder.class, "folder");
        folder = jenkins.configRoundtrip(folder);
        assertThat(folder.getProperties().get(TargetsProperty.class)).isNull();
        folder.addProperty(new TargetsProperty(List.of("staging", "production")));
        folder = jenkins.configRoundtrip(folder);
        assertThat(folder.getProperties().get(TargetsProperty.class).getTargets())
                .containsExactly("staging", "production");
        TargetsProperty.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(TargetsProperty.DescriptorImpl.class);
        assertThat(form.doCheckTargets(folder, "staging").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckTargets(folder, "stagign").getMessage()).contains("unknown target", "staging");
        assertThat(form.doCheckTargets(null, "").kind).isEqualTo(FormValidation.Kind.WARNING);
    }

    private static String allowed(WorkflowRun build, String name) throws TargetRefusedException {
        return Targets.allowed(build, name, EXPERIMENT).getName();
    }

    private static void assertRefused(WorkflowRun build, String name, String... words) {
        assertThatThrownBy(() -> allowed(build, name))
                .isInstanceOf(TargetRefusedException.class)
                .message()
                .contains(words);
    }

    private WorkflowRun build(Cause... causes) throws Exception {
        WorkflowJob job = (WorkflowJob) jenkins.jenkins.getItem("job");
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("", true));
        }
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(causes)));
    }
}
