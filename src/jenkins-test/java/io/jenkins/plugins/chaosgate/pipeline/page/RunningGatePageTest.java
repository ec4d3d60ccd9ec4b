package io.jenkins.plugins.chaosgate.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.chaosgate.report.Showcase;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a gate that still runs: what it shows, and who may end it. */
@WithJenkins
class RunningGatePageTest {

    private JenkinsRule jenkins;
    private WorkflowRun run;

    @BeforeEach
    void run(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("anna", "ben")
                .grant(Item.CANCEL)
                .everywhere()
                .to("ben"));
        WorkflowJob job = rule.createProject(WorkflowJob.class, "canary");
        job.setDefinition(new CpsFlowDefinition("semaphore 'gate'", true));
        run = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("gate/1", run);
        GateFixture.leave(run, "running01", Showcase.running());
        Stopper.asked.clear();
    }

    @AfterEach
    void end() throws Exception {
        SemaphoreStep.success("gate/1", null);
        jenkins.waitForCompletion(run);
    }

    @Test
    void saysWhatItDoesNowAndFollowsIt() throws Exception {
        WebClient anna = jenkins.createWebClient().login("anna");

        HtmlPage page = anna.getPage(run, "chaos-gate/running01/");
        assertThat(page.getElementById("main-panel").getTextContent())
                .contains("RUNNING", "watching", "running for", "in now", "… so far", "Now: 4.");
        assertThat(page.querySelectorAll(".cg-live[data-from$='/chaos-gate/running01/live'] [data-running='true']"))
                .hasSize(1);
        assertThat(page.querySelectorAll("script[src*='/adjuncts/'][src$='pipeline/page/gates.js']"))
                .hasSize(1);
        assertThat(anna.getPage(run).getElementById("main-panel").getTextContent())
                .contains("RUNNING", "reviews survives a ratings outage");

        GatesAction.of(run).ended("running01", Verdict.passed("the steady state held for 60 s"));
        HtmlPage fragment = anna.getPage(run, "chaos-gate/running01/live");
        assertThat(fragment.querySelectorAll("[data-running='false']")).hasSize(1);
        assertThat(fragment.querySelectorAll("#side-panel, #main-panel")).isEmpty();
    }

    @Test
    void whoMayCancelTheBuildMayEndTheGate() throws Exception {
        WebClient ben = jenkins.createWebClient().login("ben");
        assertThat(ben.getPage(run, "chaos-gate/running01/").querySelectorAll("a.confirmation-link[data-post='true']"))
                .hasSize(1);

        int status = post(ben, "chaos-gate/running01/stop");
        assertThat(status).isEqualTo(200);
        assertThat(Stopper.asked).containsExactly("running01: rolled back from its page by ben");
    }

    @Test
    void whoMayNotCannot() throws Exception {
        WebClient anna = jenkins.createWebClient().login("anna");
        assertThat(anna.getPage(run, "chaos-gate/running01/").querySelectorAll("a.confirmation-link[data-url$='stop']"))
                .isEmpty();

        assertThat(post(anna, "chaos-gate/running01/stop")).isEqualTo(403);
        assertThat(Stopper.asked).isEmpty();
    }

    @Test
    void aLinkAloneEndsNothing() throws Exception {
        WebClient ben = jenkins.createWebClient().login("ben").withThrowExceptionOnFailingStatusCode(false);

        assertThat(ben.goTo(run.getUrl() + "chaos-gate/running01/stop", null)
                        .getWebResponse()
                        .getStatusCode())
                .isBetween(404, 405);
        assertThat(Stopper.asked).isEmpty();
    }

    @Test
    void aGateThatDoesNotRunHereCannotBeEnded() throws Exception {
        GatesAction.of(run).began("else0001", "another", "staging");
        WebClient ben = jenkins.createWebClient().login("ben");

        assertThat(post(ben, "chaos-gate/else0001/stop")).isEqualTo(409);
    }

    @Test
    void whoMayNotSeeTheBuildSeesNoGate() throws Exception {
        WebClient stranger = jenkins.createWebClient().login("carl").withThrowExceptionOnFailingStatusCode(false);

        for (String below : List.of("", "running01/", "running01/live", "running01/report.json", "api/json")) {
            assertThat(stranger.goTo(run.getUrl() + "chaos-gate/" + below, null)
                            .getWebResponse()
                            .getStatusCode())
                    .as(below)
                    .isEqualTo(404);
        }
        assertThat(jenkins.createWebClient()
                        .login("anna")
                        .goTo(run.getUrl() + "chaos-gate/api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("running01");
    }

    @Test
    void aBuildThatIsOverWithoutAVerdictSaysSo() throws Exception {
        run.doKill();
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(Result.ABORTED, run);

        HtmlPage page = jenkins.createWebClient().login("anna").getPage(run, "chaos-gate/running01/");
        assertThat(page.getElementById("main-panel").getTextContent())
                .contains("UNFINISHED", "this gate has not said how it ended");
    }

    private int post(WebClient browser, String below) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), run.getUrl() + below), HttpMethod.POST);
        browser.addCrumb(request);
        return browser.withThrowExceptionOnFailingStatusCode(false)
                .getPage(request)
                .getWebResponse()
                .getStatusCode();
    }

    /** Knows one gate. */
    @TestExtension
    public static final class Stopper implements GateStopper {

        static final List<String> asked = new ArrayList<>();

        @Override
        public boolean stop(String gateId, String why) {
            return gateId.equals("running01") && asked.add(gateId + ": " + why);
        }
    }
}
