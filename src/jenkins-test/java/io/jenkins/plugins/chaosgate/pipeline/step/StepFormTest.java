package io.jenkins.plugins.chaosgate.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Util;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.chaosgate.pipeline.target.ChaosGateConfiguration;
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in forms: what is shown is what comes back, and mistakes are told while they are made. */
@WithJenkins
class StepFormTest {

    @Test
    void givesBackWhatItShows(JenkinsRule jenkins) throws Exception {
        StepConfigTester forms = new StepConfigTester(jenkins);

        ChaosExperimentStep step = forms.configRoundTrip(Steps.full(new ChaosExperimentStep()));

        assertThat(step.fields())
                .isEqualTo(Steps.full(new ChaosExperimentStep()).fields());
        assertThat(step.experiment().faults()).hasSize(4);
        assertThat(step.getCluster()).isEqualTo("staging");
        assertThat(step.getOnViolation()).isEqualTo(Outcome.UNSTABLE);
        assertThat(step.getOnInconclusive()).isEqualTo(Outcome.SUCCESS);

        ChaosExperimentStep peaceful = new ChaosExperimentStep();
        peaceful.setControlRun(true);
        assertThat(forms.configRoundTrip(peaceful).fields()).isEqualTo(Map.of("controlRun", true));

        ChaosExperimentStep empty = forms.configRoundTrip(new ChaosExperimentStep());

        assertThat(empty.fields()).isEmpty();
        assertThat(empty.getVariables()).isNull();
        assertThat(empty.getFile()).isEmpty();
        assertThat(empty.getOnViolation()).isEqualTo(Outcome.FAILURE);
        assertThat(empty.getOnInconclusive()).isEqualTo(Outcome.UNSTABLE);

        WithChaosExperimentStep ofAFile = new WithChaosExperimentStep();
        ofAFile.setFile("chaos/ratings.yaml");
        ofAFile.setVariables(Steps.labels("CANARY", "v2", "RATE", "1%, or less"));
        WithChaosExperimentStep again = forms.configRoundTrip(ofAFile);

        assertThat(again.getFile()).isEqualTo("chaos/ratings.yaml");
        assertThat(again.getVariables()).isEqualTo(Steps.labels("CANARY", "v2", "RATE", "1%, or less"));
        assertThat(again.fields()).isEmpty();
    }

    @Test
    void saysWhatIsWrongAsTheCommandLineDoes(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        ChaosExperimentStep.DescriptorImpl step = descriptor(ChaosExperimentStep.DescriptorImpl.class);

        assertWrong(step.doCheckNamespace(job, "", ""), "missing field 'namespace'; expected a Kubernetes namespace");
        assertWrong(step.doCheckNamespace(job, "A", null), "found 'A'; did you mean 'a'?");
        assertRight(step.doCheckNamespace(job, "", "chaos.yaml"));
        assertWrong(step.doCheckNamespace(job, "a", "chaos.yaml"), "the file holds the whole experiment: leave this");
        assertRight(step.doCheckName(job, "", ""));
        assertWrong(step.doCheckName(job, "x".repeat(201), ""), "found 'xxxx");
        assertWrong(step.doCheckCanary(job, "app=-", ""), "canary.app: found '-'; expected a Kubernetes label's value");
        assertWrong(step.doCheckLease(job, "1s", ""), "found '1s'; expected a duration from 10s to 1h");
        assertWrong(step.doCheckFile(job, "../x.yaml"), "expected a path inside the workspace");
        assertRight(step.doCheckFile(job, "chaos/x..yaml"));
        assertRight(step.doCheckVariables(job, "A=b\nC=d", "x.yaml"));
        assertRight(step.doCheckVariables(job, "", ""));
        assertWrong(step.doCheckVariables(job, "A=b", ""), "variables are for a file: name one");
        assertWrong(step.doCheckVariables(job, "A", "x.yaml"), "expected NAME=VALUE, one on each line");
        assertThat(step.doFillClusterItems(job)).isEmpty();
        assertThat(step.doCheckCluster(job, "staging").kind).isEqualTo(FormValidation.Kind.WARNING);
        ChaosGateConfiguration.get().setTargets(List.of(new ClusterTarget("staging"), new ClusterTarget("test")));
        assertThat(step.doFillClusterItems(job)).containsExactly("staging", "test");
        assertRight(step.doCheckCluster(job, ""));
        assertRight(step.doCheckCluster(job, "staging"));
        assertThat(step.doCheckCluster(job, "stagin").getMessage())
                .isEqualTo(Util.escape("found 'stagin'; did you mean 'staging'? Expected one of staging, test"));
        assertThat(step.doFillMechanismItems())
                .extracting(option -> option.value)
                .containsExactly("", "envoyFilter", "virtualService");
    }

    @Test
    void saysNothingToWhoMayNotConfigure(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
        ChaosExperimentStep.DescriptorImpl step = descriptor(ChaosExperimentStep.DescriptorImpl.class);

        as("reader", () -> {
            assertRight(step.doCheckFile(job, "../x"));
            assertRight(step.doCheckNamespace(job, "a", "chaos.yaml"));
        });
        as("author", () -> {
            assertWrong(step.doCheckFile(job, "../x"), "expected a path");
            assertRight(step.doCheckFile(null, "../x"));
        });
    }

    @SuppressWarnings("try") // The context is only there to be closed.
    private static void as(String user, Runnable action) {
        try (ACLContext context = ACL.as2(User.getById(user, true).impersonate2())) {
            action.run();
        }
    }

    private static <D> D descriptor(Class<D> type) {
        return Jenkins.get().getExtensionList(type).get(0);
    }

    private static void assertRight(FormValidation validation) {
        assertThat(validation.kind).isEqualTo(FormValidation.Kind.OK);
    }

    private static void assertWrong(FormValidation validation, String message) {
        assertThat(validation.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(validation.getMessage()).startsWith(Util.escape(message));
    }
}
