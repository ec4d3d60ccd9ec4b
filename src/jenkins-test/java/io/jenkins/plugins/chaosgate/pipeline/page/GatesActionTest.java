package io.jenkins.plugins.chaosgate.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.chaosgate.report.Story;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a build remembers of its gates. */
class GatesActionTest {

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @Test
    void survivesARestart() throws Throwable {
        session.then(jenkins -> {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("canary"));
            GateFixture.leave(build, "7f3a91c2", Story.violated());
            GatesAction.of(build).began("unfinished", "another", "production");
            String xml = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
            assertThat(xml)
                    .contains("<id>7f3a91c2</id>", "<verdict>VIOLATED</verdict>", "<cluster>production</cluster>");

            manyAtOnce(jenkins.buildAndAssertSuccess(build.getParent()));
        });
        session.then(jenkins -> {
            FreeStyleBuild build = build(jenkins, 1);
            List<GateEntry> entries = GatesAction.of(build).getEntries();
            assertThat(entries).extracting(GateEntry::getId).containsExactly("7f3a91c2", "unfinished");
            assertThat(entries.get(0).getReason()).isEqualTo(Story.verdict().reason());
            assertThat(entries.get(1).getVerdict()).isNull();
            WebClient browser = jenkins.createWebClient();
            assertThat(browser.getPage(build, "chaos-gate/7f3a91c2/").querySelectorAll("svg.cg-chart"))
                    .hasSize(3);
            assertThat(browser.getPage(build, "chaos-gate/")
                            .getElementById("main-panel")
                            .getTextContent())
                    .contains("VIOLATED", "UNFINISHED");

            FreeStyleBuild crowded = build(jenkins, 2);
            assertThat(crowded.getActions(GatesAction.class)).hasSize(1);
            assertThat(GatesAction.of(crowded).getEntries())
                    .hasSize(20)
                    .allMatch(entry -> entry.getName().startsWith("experiment "))
                    .allMatch(entry -> "PASSED".equals(entry.getVerdict()));
        });
    }

    /** Gates begin and end at once, and are told of twice. */
    private static void manyAtOnce(FreeStyleBuild build) {
        IntStream.range(0, 20).parallel().forEach(i -> {
            GatesAction.of(build).began("gate" + i, "experiment " + i, "staging");
            GatesAction.of(build).began("gate" + i, "the same again", "staging");
            GatesAction.of(build).ended("gate" + i, Verdict.passed("held"));
            GatesAction.of(build).ended("gate" + i, Verdict.violated("too late"));
        });
        GatesAction.of(build).ended("nobody", Verdict.passed("held"));
    }

    @Test
    void aBuildThatCannotBeSavedEndsNoGate() throws Throwable {
        session.then(jenkins -> {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("canary"));
            onlyAnIdOfAGateBecomesAFile(build);
            GatesAction action = GatesAction.of(build);
            Files.move(build.getRootDir().toPath(), build.getRootDir().toPath().resolveSibling("moved"));
            Files.writeString(build.getRootDir().toPath(), "a file where the folder was");

            action.began("7f3a91c2", "reviews survives", "staging");
            assertThat(action.getEntries()).hasSize(1);
            Files.delete(build.getRootDir().toPath());
        });
    }

    @Test
    void onlyWhoMayReadTheBuildIsTold() throws Throwable {
        session.then(jenkins -> {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("canary"));
            GateFixture.leave(build, "7f3a91c2", Story.violated());
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .toEveryone()
                    .grant(Item.READ)
                    .everywhere()
                    .to("anna"));

            as("carl", () -> {
                assertThat(GatesAction.of(build).getEntries()).isEmpty();
                assertThat(GatesAction.of(build).getDynamic("7f3a91c2")).isNull();
            });
            as("anna", () -> assertThat(GatesAction.of(build).getEntries()).hasSize(1));
        });
    }

    @Test
    void theNewBuildPageHasATabAndACard() throws Throwable {
        session.then(jenkins -> {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("canary"));
            GateFixture.leave(build, "7f3a91c2", Story.violated());
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            User.getById("anna", true)
                    .addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", "true")));
            WebClient browser = jenkins.createWebClient().login("anna");

            HtmlPage overview = browser.getPage(build);
            assertThat(overview.querySelectorAll(".app-build-tabs a[href$='/chaos-gate']"))
                    .hasSize(1);
            assertThat(overview.querySelector(".app-build__grid").getTextContent())
                    .containsOnlyOnce("reviews survives a ratings outage");
            HtmlPage gate = browser.getPage(build, "chaos-gate/7f3a91c2/");
            assertThat(gate.querySelectorAll(".app-build-tabs")).hasSize(1);
            assertThat(gate.querySelectorAll("svg.cg-chart")).hasSize(3);
        });
    }

    private static void onlyAnIdOfAGateBecomesAFile(FreeStyleBuild build) {
        assertThat(GateFiles.file(build, "7f3a91c2"))
                .isEqualTo(build.getRootDir().toPath().resolve("chaos-gate/7f3a91c2.jsonl"));
        for (String id : List.of("../../x", "", "ABCD", "abc", "a/bcd", "abcd\n")) {
            assertThatThrownBy(() -> GateFiles.file(build, id)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void as(String user, Runnable action) {
        ACLContext context = ACL.as2(User.getById(user, true).impersonate2());
        try {
            action.run();
        } finally {
            context.close();
        }
    }

    private static FreeStyleBuild build(JenkinsRule jenkins, int number) {
        return jenkins.jenkins
                .getItemByFullName("canary", FreeStyleProject.class)
                .getBuildByNumber(number);
    }
}
