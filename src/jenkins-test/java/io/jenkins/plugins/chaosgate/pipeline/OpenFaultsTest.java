package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.chaosgate.pipeline.life.OpenFaults;
import io.jenkins.plugins.chaosgate.pipeline.life.OpenFaultsMonitor;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A fault that could not be taken out is not forgotten. */
@WithJenkins
class OpenFaultsTest {

    @Test
    void whatCouldNotBeTakenOutIsTriedAgainAndAdministratorsSeeIt(JenkinsRule jenkins) throws Exception {
        FakeWorld world = FakeWorld.target("fake");
        world.misbehave =
                call -> call.equals("rollback") ? CompletableFuture.failedFuture(new IOException("503")) : null;
        WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job(jenkins, Pipelines.gate("guard: 'none'")));
        jenkins.assertLogContains("ROLLBACK_FAILED", run);
        jenkins.assertLogContains("kubectl -n bookinfo delete envoyfilter", run);
        run.getParent().delete();
        assertThat(world.hurts()).isTrue();

        OpenFaults.get().takeOut(true);
        OpenFaultsMonitor monitor = ExtensionList.lookupSingleton(OpenFaultsMonitor.class);
        assertThat(monitor.isActivated()).isTrue();
        String page = jenkins.createWebClient().goTo("manage").asNormalizedText();
        assertThat(page)
                .contains("Chaos Gate could not take out everything", "EnvoyFilter bookinfo/chaos-gate-")
                .contains("kubectl -n bookinfo delete envoyfilter", run.getUrl());

        world.misbehave = call -> null;
        JenkinsRule.WebClient admin = jenkins.createWebClient();
        HtmlPage after = admin.getPage(admin.addCrumb(
                new WebRequest(new URL(jenkins.getURL(), monitor.getUrl() + "/retry"), HttpMethod.POST)));
        assertThat(after.asNormalizedText()).doesNotContain("could not take out");
        assertThat(monitor.isActivated()).isFalse();
        assertThat(world.hurts()).isFalse();
    }

    @Test
    void onlyAnAdministratorMayTryAgainAndOnlyByPost(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Item.CONFIGURE, Jenkins.READ)
                .everywhere()
                .to("dev"));
        String url = ExtensionList.lookupSingleton(OpenFaultsMonitor.class).getUrl() + "/retry";
        JenkinsRule.WebClient dev = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("dev");
        assertThat(dev.getPage(new URL(jenkins.getURL(), url)).getWebResponse().getStatusCode())
                .isBetween(403, 405);
        WebRequest post = dev.addCrumb(new WebRequest(new URL(jenkins.getURL(), url), HttpMethod.POST));
        assertThat(dev.getPage(post).getWebResponse().getStatusCode()).isEqualTo(403);
    }

    @Test
    void anEntryThatNobodyUnderstandsIsShownAndKept(JenkinsRule jenkins) throws Exception {
        FakeWorld.target("fake");
        jenkins.buildAndAssertSuccess(Pipelines.job(jenkins, Pipelines.GATE));
        Path folder = jenkins.jenkins.getRootDir().toPath().resolve("chaos-gate/journal");
        assertThat(folder).isEmptyDirectory();
        Path strange = folder.resolve("strange.entry.json");
        Files.writeString(strange, "<b>not</b> an entry");
        OpenFaults.get().takeOut(true);
        assertThat(strange).exists();
        assertThat(OpenFaults.get().standing()).singleElement().satisfies(fault -> assertThat(fault.trouble())
                .contains("cannot be read"));
        assertThat(jenkins.createWebClient().goTo("manage").asXml()).doesNotContain("<b>not</b>");
    }
}
