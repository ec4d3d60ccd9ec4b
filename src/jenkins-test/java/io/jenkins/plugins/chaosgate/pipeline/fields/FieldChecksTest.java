package io.jenkins.plugins.chaosgate.pipeline.fields;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Util;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Forms tell mistakes while they are made, in the words of the command line, to those who may send the form. */
@WithJenkins
class FieldChecksTest {

    @Test
    void sayWhatIsWrongToWhoMayConfigure(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        HttpAbortField.DescriptorImpl abort = descriptor(HttpAbortField.DescriptorImpl.class);
        GrpcAbortField.DescriptorImpl grpc = descriptor(GrpcAbortField.DescriptorImpl.class);
        LatencyField.DescriptorImpl latency = descriptor(LatencyField.DescriptorImpl.class);

        assertWrong(abort.doCheckStatus(job, "700"), "found '700'; expected an HTTP status, a whole number from 200");
        assertWrong(abort.doCheckTo(job, ""), "missing field 'to'; expected a service, such as ratings");
        assertRight(abort.doCheckPercentage(job, ""));
        assertWrong(abort.doCheckPercentage(job, "0"), "found '0'; expected a percentage above 0");
        assertWrong(abort.doCheckFrom(job, "app"), "found 'app'; expected a map of at least one Kubernetes label");
        assertRight(abort.doCheckFrom(job, "app=reviews, version=v2"));
        assertWrong(abort.doCheckHeaders(job, "a b=c"), "headers['a b']: found 'a b'; did you mean 'a-b'?");
        assertWrong(abort.doCheckPort(job, "http"), "found 'http'; expected a port");
        assertWrong(abort.doCheckMaxActive(job, "0"), "found '0'; expected a number of requests");
        assertWrong(grpc.doCheckStatus(job, "OK"), "found 'OK'; expected a gRPC status other than OK");
        assertThat(grpc.doFillStatusItems()).contains("UNAVAILABLE").hasSize(16);
        assertWrong(latency.doCheckQuantile(job, "0.99"), "found '0.99'; did you mean '99'?");
        assertWrong(latency.doCheckMaxRatio(job, "0"), "found '0'; expected a number above 0");
        assertWrong(latency.doCheckWindow(job, "5"), "found '5'; did you mean '5s'?");
        assertWrong(latency.doCheckMinRequests(job, "0"), "found '0'; expected a number of requests");
        PodsField.DescriptorImpl pods = descriptor(PodsField.DescriptorImpl.class);
        assertRight(pods.doCheckMaxRestarts(job, ""));
        assertWrong(pods.doCheckMaxRestarts(job, "-1"), "found '-1'; expected a number of restarts");
        assertWrong(pods.doCheckMinReady(job, "1"), "found '1'; expected 1% or 100%");
        assertThat(latency.doFillArmItems())
                .extracting(option -> option.value)
                .containsExactly("", "canary", "stable", "all");

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
        as("reader", () -> assertRight(abort.doCheckStatus(job, "700")));
        as("author", () -> {
            assertWrong(abort.doCheckStatus(job, "700"), "found '700'");
            assertRight(abort.doCheckStatus(null, "700"));
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
