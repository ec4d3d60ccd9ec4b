package io.jenkins.plugins.chaosgate.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.chaosgate.report.JsonReport;
import io.jenkins.plugins.chaosgate.report.Showcase;
import io.jenkins.plugins.chaosgate.report.Story;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a browser gets of finished gates. */
@WithJenkins
class GatePagesTest {

    private JenkinsRule jenkins;
    private FreeStyleBuild build;
    private WebClient browser;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = rule.buildAndAssertSuccess(rule.createFreeStyleProject("canary"));
        browser = rule.createWebClient();
    }

    @Test
    void theVerdictAndItsReasonAreOnTheBuildAndOnThePage() throws Exception {
        GateFixture.leave(build, "passed01", Showcase.passed());
        GateFixture.leave(build, "violated1", Story.violated());
        GateFixture.leave(
                build, "unclear01", Story.ofReviews().preflight().finish(400, Verdict.inconclusive("no traffic")));
        GateFixture.leave(
                build, "aborted01", Story.ofReviews().preflight().finish(400, Verdict.aborted("stopped by anna")));
        GateFixture.leave(build, "leftin001", Showcase.leftIn());

        String summary = browser.getPage(build).getElementById("main-panel").getTextContent();
        String together = text(page("chaos-gate/"));
        for (GateEntry entry : GatesAction.of(build).getEntries()) {
            String word = entry.getVerdict().replace('_', ' ');
            assertThat(summary).contains(word, entry.getName() + ": " + entry.getReason());
            assertThat(together).contains(word, entry.getName(), entry.getReason());
            HtmlPage alone = page("chaos-gate/" + entry.getId() + "/");
            assertThat(text(alone)).contains(word, entry.getReason(), "staging", "gate " + entry.getId());
            assertThat(alone.getTitleText()).contains(entry.getName());
        }
        assertThat(text(page("chaos-gate/leftin001/")))
                .contains("A fault may still be in the cluster.")
                .contains("kubectl -n bookinfo delete envoyfilter chaos-gate-7f3a91c2")
                .contains("still in");
    }

    @Test
    void aGateIsToldInFull() throws Exception {
        GateFixture.leave(build, "passed01", Showcase.passed());

        HtmlPage alone = page("chaos-gate/passed01/");
        assertThat(text(alone))
                .contains("The canary held its steady state while it was hurt.")
                .contains("app=reviews in namespace bookinfo, 3 pods: reviews-1, reviews-2, reviews-3.")
                .contains("abort 100 % of calls to ratings with 500")
                .contains("EnvoyFilter bookinfo/chaos-gate-7f3a91c2")
                .contains("1480")
                .contains("Guarded by Job bookinfo/chaos-gate-7f3a91c2")
                .contains("1 min", "under the fault until the decision")
                .contains("p99 of reviews", "✓ held", "Worst under the fault:")
                .contains("! warning", "the route to ratings is retried 2 times")
                .contains("watching, 1 min")
                .contains("\"duration\" : \"1m\"");
        assertThat(alone.querySelectorAll("svg.cg-chart")).hasSize(5);
        assertThat(alone.querySelectorAll("svg.cg-chart title")).isNotEmpty();
        assertThat(alone.querySelectorAll(".cg-page style, .cg-page script, .cg-page img"))
                .isEmpty();
        assertThat(((DomElement) alone.querySelector(".cg-page")).getAttribute("data-running"))
                .isEqualTo("false");
        assertThat(text(page("chaos-gate/")))
                .as("the only gate of a build needs no page of its own")
                .contains("Guarded by Job bookinfo/chaos-gate-7f3a91c2");
    }

    @Test
    void whatBecameOfTheCanaryAndOfOthersIsTold() throws Exception {
        GateFixture.leave(build, "back0001", Showcase.rolledBack("somebody was faster"));
        GateFixture.leave(build, "passed01", Showcase.passed());

        HtmlPage alone = page("chaos-gate/back0001/");
        assertThat(text(alone)).contains("Out of the faults' scope: 0 of 812 requests were hurt.");
        assertThat(alone.querySelector("[data-part=canary]").getTextContent().replaceAll("\\s+", " "))
                .contains("Rolling the canary back")
                .contains("00:15.0rolled back: Deployment bookinfo/reviews-v2 to revision 3; 3 of 3 pods replaced")
                .contains(
                        "00:15.1NOT rolled back: Deployment bookinfo/reviews-batch to revision 3: somebody was faster")
                .contains("To take that back, run:kubectl rollout undo deployment/reviews-v2 --to-revision=4")
                .contains("To do it by hand, run:kubectl rollout undo deployment/reviews-batch --to-revision=3");
        HtmlPage other = page("chaos-gate/passed01/");
        assertThat(text(other)).doesNotContain("Out of the faults' scope");
        assertThat(other.querySelectorAll("[data-part=canary]")).isEmpty();
    }

    @Test
    void whatPeopleWriteStaysText() throws Exception {
        List<String> alerts = new ArrayList<>();
        browser.setAlertHandler((page, message) -> alerts.add(message));
        String evil = "</title><script>alert('x')</script>\"]]>&amp;";
        Story story = Showcase.hostile(evil);
        GateFixture.leave(build, "hostile01", story);
        GateFixture.leave(build, "hostile02", story);
        GateFixture.leave(build, "hostile03", Showcase.rolledBack(evil));

        for (HtmlPage page : List.of(
                browser.getPage(build),
                page("chaos-gate/"),
                page("chaos-gate/hostile01/"),
                page("chaos-gate/hostile03/"),
                fragment("hostile01"))) {
            DomNode ours =
                    page.getElementById("main-panel") == null ? page.getBody() : page.getElementById("main-panel");
            assertThat(ours.getTextContent()).contains(evil);
            for (DomNode node : ours.querySelectorAll("*")) {
                DomElement element = (DomElement) node;
                assertThat(element.getAttributesMap().keySet()).noneMatch(name -> name.startsWith("on"));
                assertThat(element.getTagName().equals("script")
                                && element.getAttribute("src").isEmpty())
                        .as("an inline script")
                        .isFalse();
            }
        }
        assertThat(alerts).isEmpty();
    }

    @Test
    void theJobShowsTheNewestBuildThatHadGates() throws Exception {
        assertThat(text(browser.getPage(build.getParent()))).doesNotContain("reviews survives");
        GateFixture.leave(build, "violated1", Story.violated());
        FreeStyleBuild newer = jenkins.buildAndAssertSuccess(build.getParent());
        GateFixture.leave(newer, "passed01", Showcase.passed());
        jenkins.buildAndAssertSuccess(build.getParent());

        HtmlPage job = browser.getPage(build.getParent());
        assertThat(text(job))
                .contains("PASSED reviews survives a ratings outage (#2)")
                .doesNotContain("VIOLATED");
        assertThat(job.querySelectorAll("#main-panel a[href$='/job/canary/2/chaos-gate/passed01/']"))
                .hasSize(1);
    }

    @Test
    void machinesReadTheSame() throws Exception {
        Story story = Story.violated();
        GateFixture.leave(build, "7f3a91c2", story);

        Page report = browser.goTo(build.getUrl() + "chaos-gate/7f3a91c2/report.json", "application/json");
        assertThat(report.getWebResponse().getContentAsString()).isEqualTo(JsonReport.of(story.snapshot()));

        JSONObject all = browser.getJSON(build.getUrl() + "chaos-gate/api/json").getJSONObject();
        JSONObject gate = all.getJSONArray("gates").getJSONObject(0);
        assertThat(gate.getString("id")).isEqualTo("7f3a91c2");
        assertThat(gate.getString("cluster")).isEqualTo("staging");
        assertThat(gate.getString("verdict")).isEqualTo("VIOLATED");
        assertThat(gate.getString("reason")).isEqualTo(Story.verdict().reason());
        assertThat(gate.getLong("endedAt")).isGreaterThanOrEqualTo(gate.getLong("startedAt"));

        JSONObject one =
                browser.getJSON(build.getUrl() + "chaos-gate/7f3a91c2/api/json").getJSONObject();
        assertThat(one.getString("state")).isEqualTo("VIOLATED");
        assertThat(one.getString("name")).isEqualTo("reviews survives a ratings outage");
        JSONObject ofBuild = browser.getJSON(build.getUrl() + "api/json?tree=actions[gates[verdict]]")
                .getJSONObject();
        assertThat(ofBuild.toString()).contains("\"gates\":[{", "\"verdict\":\"VIOLATED\"");

        browser.setThrowExceptionOnFailingStatusCode(false);

        for (String id : List.of("unknown1", "..%2f..%2fsecrets", "7F3A91C2")) {
            assertThat(browser.goTo(build.getUrl() + "chaos-gate/" + id + "/report.json", null)
                            .getWebResponse()
                            .getStatusCode())
                    .as(id)
                    .isBetween(400, 404);
        }
    }

    @Test
    void aLogThatIsGoneOrDamagedIsSaidAndNoError() throws Exception {
        GateFixture.leaveEntry(build, "gone0001", Verdict.passed("the steady state held"));
        GateFixture.leaveEntry(build, "damaged1", Verdict.violated("11 failed"));
        Files.createDirectories(GateFiles.file(build, "damaged1").getParent());
        Files.writeString(GateFiles.file(build, "damaged1"), "{\"what\": [\nis this?\n");

        assertThat(text(page("chaos-gate/gone0001/")))
                .contains("PASSED", "the steady state held", "This build has no log of the gate");
        assertThat(text(page("chaos-gate/damaged1/")))
                .contains("VIOLATED", "11 failed", "The log of the gate cannot be read")
                .doesNotContain("Exception");
        assertThat(text(page("chaos-gate/"))).contains("no log of the gate", "cannot be read");
        browser.setThrowExceptionOnFailingStatusCode(false);
        for (String id : List.of("gone0001", "damaged1")) {
            Page report = browser.goTo(build.getUrl() + "chaos-gate/" + id + "/report.json", null);
            assertThat(report.getWebResponse().getStatusCode()).isEqualTo(404);
            assertThat(report.getWebResponse().getContentAsString())
                    .contains("log of the gate")
                    .doesNotContain("Exception");
        }
    }

    private HtmlPage page(String below) throws Exception {
        return browser.getPage(build, below);
    }

    private HtmlPage fragment(String id) throws Exception {
        // A part of a page runs no script: the page that it becomes a part of brings all.
        WebClient bare = jenkins.createWebClient().withJavaScriptEnabled(false);
        return bare.getPage(build, "chaos-gate/" + id + "/live");
    }

    private static String text(HtmlPage page) {
        return page.getElementById("main-panel").getTextContent().replaceAll("\\s+", " ");
    }
}
