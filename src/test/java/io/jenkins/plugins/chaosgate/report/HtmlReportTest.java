package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HtmlReportTest {

    static List<Story> stories() {
        return JsonReportTest.stories();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyPageIsWellFormedAndLoadsNothing(Story story) {
        Document page = page(story);

        assertThat(Xml.all(page, "*").stream().map(Element::getLocalName))
                .doesNotContainAnyElementsOf(Set.of("script", "link", "img", "iframe", "object", "form", "base"));
        assertThat(Xml.all(page, "*").stream()
                        .filter(element -> element.hasAttribute("style")
                                || element.hasAttribute("onclick")
                                || element.hasAttribute("src")))
                .isEmpty();
    }

    @Test
    void thePolicyAllowsExactlyTheStylesOfThePage() throws Exception {
        Document page = page(Story.violated());
        String policy = Xml.all(page, "meta").stream()
                .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow()
                .getAttribute("content");

        assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe");
        for (Element style : Xml.all(page, "style")) {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(style.getTextContent().getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains(Base64.getEncoder().encodeToString(digest));
        }
    }

    @Test
    void showsVerdictReasonFaultsTimingsAndCharts() {
        Document page = page(Story.violated());
        String text = page.getDocumentElement().getTextContent();

        assertThat(Xml.withClass(page, "violated")).hasSize(1);
        assertThat(Xml.withClass(page, "reason").get(0).getTextContent())
                .isEqualTo(Story.verdict().reason());
        assertThat(text)
                .contains("VIOLATED · reviews survives a ratings outage")
                .contains("abort 100 % of calls to ratings with 500")
                .contains("EnvoyFilter bookinfo/chaos-gate-7f3a91c2")
                .contains("2.2 sunder the fault until the decision")
                .contains("Worst under the fault: 11 (32 requests).");
        assertThat(Xml.withClass(page, "cg-chart")).hasSize(3);
        assertThat(Xml.withClass(page, "badge"))
                .extracting(Element::getTextContent)
                .startsWith("✕ violated", "✕ violated", "✓ held");
        assertThat(Xml.all(page, "a").get(0).getAttribute("href")).isEqualTo("https://ci.example/job/reviews/7/");
    }

    @Test
    void aFailedRollbackShowsWhatToRunAndTrustsNobody() {
        Document page = page(Showcase.hostile());

        assertThat(Xml.withClass(page, "alarm").get(0).getTextContent()).contains("kubectl delete");
        assertThat(Xml.withClass(page, "bad").get(0).getTextContent()).isEqualTo("still in");
        assertThat(Xml.all(page, "a"))
                .as("an origin that is no web address is no link")
                .isEmpty();
        assertThat(Xml.withClass(page, "badge").get(0).getTextContent()).isEqualTo("? not judged");
    }

    @Test
    void othersAndTheCanaryAreToldOf() {
        Document page = page(Showcase.rolledBack(Showcase.EVIL));

        assertThat(page.getDocumentElement().getTextContent())
                .contains("Out of the faults' scope: 0 of 812 requests were hurt.")
                .contains("rolled back: Deployment bookinfo/reviews-v2 to revision 3; 3 of 3 pods replaced")
                .contains("NOT rolled back: Deployment bookinfo/reviews-batch to revision 3: </title><script>");
        assertThat(Xml.all(page, "script")).isEmpty();
    }

    @Test
    void anOriginWithAScriptSchemeOrAPasswordIsNoLink() {
        Story script = new Story("x", "javascript:alert(1)//https://a", List.of(), List.of(Story.FAILED));
        Story password = new Story("x", "https://me:secret@ci/", List.of(), List.of(Story.FAILED));

        assertThat(Xml.all(page(script), "a")).isEmpty();
        assertThat(Xml.all(page(password), "a")).isEmpty();
    }

    @Test
    void aRefusedGateSaysThatNothingWasChanged() {
        Story story = Story.ofReviews()
                .preflight(List.of(Finding.error("permissions", "may not create envoyfilters")))
                .finish(400, Verdict.refused("could not start: may not create envoyfilters"));

        assertThat(page(story).getDocumentElement().getTextContent())
                .contains("Nothing was changed")
                .contains("✕ errorpermissions may not create envoyfilters")
                .contains("It was never looked at.");
    }

    private static Document page(Story story) {
        return Xml.parse(HtmlReport.of(story.snapshot()));
    }
}
