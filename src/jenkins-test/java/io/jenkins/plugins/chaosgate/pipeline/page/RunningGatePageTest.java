package io.jenkins.plugins.chaosgate.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.report.Showcase;
import io.jenkins.plugins.chaosgate.report.Story;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
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
    void saysWhatItDoesNowAndFollowsItToItsEnd() throws Exception {
        WebClient anna = jenkins.createWebClient().login("anna");

        HtmlPage page = anna.getPage(run, "chaos-gate/running01/");
        assertThat(page.getElementById("main-panel").getTextContent())
                .contains("RUNNING", "watching", "running for", "in now", "… so far", "Now: 4.");
        assertThat(page.querySelectorAll(".cg-live[data-from$='/chaos-gate/running01/live'] [data-running='true']"))
                .hasSize(1);
        assertThat(page.querySelectorAll("script[src*='/adjuncts/'][src$='pipeline/page/gates.js']"))
                .hasSize(1);
        WebClient other = jenkins.createWebClient().withJavaScriptEnabled(false).login("anna");
        assertThat(other.getPage(run).getElementById("main-panel").getTextContent())
                .contains("RUNNING", "reviews survives a ratings outage");
        HtmlPage fragment = other.getPage(run, "chaos-gate/running01/live");
        assertThat(fragment.querySelectorAll("#side-panel, #main-panel")).isEmpty();

        DomElement untouched = page.querySelector("[data-part='experiment']");
        untouched.setAttribute("open", "");

        GateFixture.goOn(run, "running01", new GateEvent.Warned(Story.at(43_000), "something happened"));
        await(anna, "something happened");
        assertThat(((DomElement) page.querySelector("[data-part='experiment']")).hasAttribute("open"))
                .as("what somebody has opened stays open")
                .isTrue();

        GatesAction.of(run).ended("running01", Verdict.passed("the steady state held for 60 s"));
        await(anna, "PASSED");
        assertThat(anna.getCurrentWindow().getEnclosedPage()).isNotSameAs(page);
    }

    /** Lets the browser go on until it shows that text. */
    private static void await(WebClient browser, String text) {
        Instant deadline = Instant.now().plusSeconds(120);
        while (!(browser.getCurrentWindow().getEnclosedPage() instanceof HtmlPage page
                && page.getDocumentElement() != null
                && page.getDocumentElement().getTextContent().contains(text))) {
            assertThat(Instant.now()).isBefore(deadline);
            browser.waitForBackgroundJavaScript(500);
        }
    }

    @Test
    void everybodyDoesOnlyWhatTheyMay() throws Exception {
        GatesAction.of(run).began("else0001", "another", "staging");
        WebClient stranger = jenkins.createWebClient().login("carl").withThrowExceptionOnFailingStatusCode(false);
        for (String below : List.of("", "running01/", "running01/live", "running01/report.json", "api/json")) {
            assertThat(get(stranger, below)).as(below).isEqualTo(404);
        }

        WebClient anna = jenkins.createWebClient().login("anna");
        assertThat(get(anna, "api/json")).isEqualTo(200);
        assertThat(buttons(anna)).isEmpty();
        assertThat(post(anna, "running01/stop")).isEqualTo(403);
        WebClient ben = jenkins.createWebClient().login("ben").withThrowExceptionOnFailingStatusCode(false);
        assertThat(get(ben, "running01/stop")).as("a link alone ends nothing").isBetween(404, 405);
        assertThat(post(ben, "else0001/stop"))
                .as("a gate that does not run here")
                .isEqualTo(409);
        assertThat(Stopper.asked).isEmpty();

        assertThat(buttons(ben)).hasSize(1);
        assertThat(post(ben, "running01/stop")).isEqualTo(200);
        assertThat(Stopper.asked).containsExactly("running01: rolled back from its page by ben");
    }

    private List<DomNode> buttons(WebClient browser) throws Exception {
        return browser.getPage(run, "chaos-gate/running01/")
                .querySelectorAll("a.confirmation-link[data-post='true'][data-url$='running01/stop']");
    }

    private int get(WebClient browser, String below) throws Exception {
        return browser.goTo(run.getUrl() + "chaos-gate/" + below, null)
                .getWebResponse()
                .getStatusCode();
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
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), run.getUrl() + "chaos-gate/" + below), HttpMethod.POST);
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
