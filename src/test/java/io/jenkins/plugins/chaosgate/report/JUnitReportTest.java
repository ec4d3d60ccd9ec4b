package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JUnitReportTest {

    @Test
    void aViolatedThresholdIsAFailureAndOneThatHeldPasses() {
        Document xml = report(Story.violated());
        Element suite = xml.getDocumentElement();
        List<Element> cases = Xml.all(xml, "testcase");

        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("15.900");
        assertThat(cases)
                .extracting(one -> one.getAttribute("name"))
                .containsExactly("failed requests of reviews", "error rate of reviews", "p99 of reviews");
        assertThat(child(cases.get(0), "failure").getAttribute("message"))
                .startsWith("failed requests of reviews: worst 11 (32 requests), limit at most 10 in 1m");
        assertThat(child(cases.get(0), "failure").getTextContent())
                .startsWith(Story.verdict().reason());
        assertThat(outcome(cases.get(2))).isEqualTo("passed");
        assertThat(xml.getDocumentElement().getTextContent()).contains("VIOLATED: failed requests of reviews: 11");
    }

    @Test
    void aPassedGateHasOnlyPassedCases() {
        Document xml = report(Showcase.passed());

        assertThat(Xml.all(xml, "testcase"))
                .hasSize(5)
                .extracting(JUnitReportTest::outcome)
                .containsOnly("passed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.Kind.class,
            names = {"INCONCLUSIVE", "ABORTED", "ROLLBACK_FAILED"})
    void nothingLooksPassedInAGateThatCouldNotJudge(Verdict.Kind kind) {
        Story story = Story.violated().finish(20_000, new Verdict(kind, "because", true));

        assertThat(Xml.all(report(story), "testcase"))
                .extracting(JUnitReportTest::outcome)
                .containsOnly("error");
        assertThat(Xml.all(report(story), "error"))
                .extracting(error -> error.getAttribute("type"))
                .containsOnly(kind.name());
    }

    @Test
    void aRefusedGateAndARunningOneHaveNoPassedCases() {
        Story refused = Story.ofReviews()
                .preflight(List.of(Finding.error("permissions", "none")))
                .finish(400, Verdict.refused("could not start: none"));
        Story running = Story.ofReviews().preflight().warmUp().inject();

        assertThat(Xml.all(report(refused), "testcase"))
                .extracting(JUnitReportTest::outcome)
                .containsOnly("error");
        assertThat(Xml.all(report(running), "testcase"))
                .extracting(JUnitReportTest::outcome)
                .containsOnly("error");
    }

    @Test
    void aViolationThatNoThresholdShowsStillFails() {
        Story story = Story.ofReviews().preflight().warmUp().inject().finish(12_000, Verdict.violated("elsewhere"));

        assertThat(Xml.all(report(story), "testcase"))
                .extracting(JUnitReportTest::outcome)
                .containsOnly("failure");
    }

    @Test
    void whatWasNotSeenUnderTheFaultIsSkippedAndNotPassed() {
        Story story = Story.ofReviews().preflight().warmUp().inject();
        story.look(
                12_000,
                io.jenkins.plugins.chaosgate.gate.port.PhaseName.WATCH,
                50_000,
                story.seen(Story.FAILED, 20, 30),
                story.seen(Story.ERRORS, 0, 30),
                story.missing(Story.P99, io.jenkins.plugins.chaosgate.gate.port.Reading.Why.NO_SERIES));
        story.finish(12_100, Story.verdict());

        assertThat(Xml.all(report(story), "testcase"))
                .extracting(JUnitReportTest::outcome)
                .containsExactly("failure", "passed", "skipped");
    }

    @Test
    void hostileNamesStayText() {
        Document xml = report(Showcase.hostile());

        assertThat(Xml.all(xml, "script")).isEmpty();
        assertThat(xml.getDocumentElement().getAttribute("name"))
                .isEqualTo("</title><script>alert('x')</script>\"]]>&amp;\uFFFD[31m\uFFFD\uFFFD\uFFFD");
    }

    private static Document report(Story story) {
        return Xml.parse(JUnitReport.of(story.snapshot()));
    }

    private static Element child(Element element, String name) {
        return (Element) element.getElementsByTagName(name).item(0);
    }

    private static String outcome(Element testCase) {
        return List.of("failure", "error", "skipped").stream()
                .filter(name -> child(testCase, name) != null)
                .findFirst()
                .orElse("passed");
    }
}
