package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SvgChartTest {

    @Test
    void showsValuesLimitPhasesAndBreaches() {
        Document svg = Xml.parse(SvgChart.of(Story.violated().snapshot(), 0));

        assertThat(Xml.all(svg, "title").get(0).getTextContent())
                .isEqualTo("failed requests of reviews, limit at most 10 in 1m");
        assertThat(Xml.all(svg, "desc").get(0).getTextContent())
                .isEqualTo("Under the fault: 2 observations, 1 broke the limit, 0 looks without data."
                        + " Worst: 11 (32 requests).");
        assertThat(Xml.withClass(svg, "cg-phase"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "preflight", "warming up", "injecting", "proving", "watching", "rolling back", "recovering");
        assertThat(Xml.withClass(svg, "cg-name"))
                .extracting(Element::getTextContent)
                .containsExactly("warming up", "watching", "recovering");
        assertThat(Xml.withClass(svg, "cg-limit-name"))
                .extracting(Element::getTextContent)
                .containsExactly("at most 10");
        assertThat(Xml.withClass(svg, "cg-breach"))
                .extracting(Element::getTextContent)
                .containsExactly("00:12.8: 11 (32 requests), beyond the limit");
        assertThat(Xml.withClass(svg, "cg-dot")).hasSize(4);
        assertThat(Xml.withClass(svg, "cg-tick"))
                .extracting(Element::getTextContent)
                .startsWith("0", "5", "10", "15", "00:00", "00:02");
        assertThat(Xml.withClass(svg, "cg-fault-name"))
                .extracting(Element::getTextContent)
                .containsExactly("fault is in");
    }

    @Test
    void theLimitLiesWhereItsValueLies() {
        Document svg = Xml.parse(SvgChart.of(Story.violated().snapshot(), 0));
        double limit = number(Xml.withClass(svg, "cg-limit").get(0), "y1");
        double grid = Xml.withClass(svg, "cg-grid").stream()
                .mapToDouble(line -> number(line, "y1"))
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();

        // The second grid line from above is the tick 10 of 0, 5, 10, 15.
        assertThat(limit).isEqualTo(grid);
        String breach = Xml.withClass(svg, "cg-breach").get(0).getAttribute("d");
        assertThat(Double.parseDouble(breach.split("[ m]")[1])).isLessThan(limit);
    }

    @Test
    void aLineNeverCrossesAGapOrAPhase() {
        Document svg = Xml.parse(SvgChart.of(Showcase.passed().snapshot(), 2));
        List<Element> lines = Xml.withClass(svg, "cg-line");
        Element gap = Xml.withClass(svg, "cg-gap").get(0);
        Element hatched = (Element) gap.getElementsByTagName("rect").item(0);
        double from = number(hatched, "x");
        double to = from + number(hatched, "width");

        assertThat(lines).hasSize(4);
        assertThat(lines).allMatch(line -> last(line) <= from + 0.1 || first(line) >= to - 0.1);
        assertThat(to - from).isGreaterThan(50);
        assertThat(gap.getTextContent())
                .contains("expected one number, found none")
                .contains("stale data");
    }

    @Test
    void comparesWithTheStableVersion() {
        Document svg = Xml.parse(SvgChart.of(Showcase.passed().snapshot(), 3));

        assertThat(Xml.withClass(svg, "cg-stable")).hasSize(3);
        assertThat(Xml.withClass(svg, "cg-limit")).hasSize(3);
        assertThat(Xml.withClass(svg, "cg-breach")).hasSize(1);
    }

    @Test
    void aWebhookIsOkOrNot() {
        Document svg = Xml.parse(SvgChart.of(Showcase.passed().snapshot(), 4));

        assertThat(Xml.withClass(svg, "cg-tick"))
                .extracting(Element::getTextContent)
                .startsWith("not ok", "ok", "00:00");
    }

    @Test
    void hostileTextStaysText() {
        Document svg = Xml.parse(SvgChart.of(Showcase.hostile().snapshot(), 0));

        assertThat(Xml.all(svg, "script")).isEmpty();
        assertThat(Xml.withClass(svg, "cg-fault-name"))
                .extracting(Element::getTextContent)
                .containsExactly("fault is in, not seen out");
        assertThat(Xml.withClass(svg, "cg-tick"))
                .extracting(Element::getTextContent)
                .contains("8 G");
    }

    @Test
    void aFaultThatIsInWhileTheGateRunsIsNoSurprise() {
        Document svg = Xml.parse(SvgChart.of(Showcase.running().snapshot(), 0));

        assertThat(Xml.withClass(svg, "cg-fault-name"))
                .extracting(Element::getTextContent)
                .containsExactly("fault is in");
    }

    @Test
    void aGateThatHasOnlyBegunHasAnEmptyChart() {
        Story blind = Story.ofReviews();
        blind.phase(PhaseName.WATCH, 0);
        blind.look(
                0,
                PhaseName.WATCH,
                0,
                blind.missing(Story.FAILED, Reading.Why.NO_TRAFFIC),
                blind.missing(Story.ERRORS, Reading.Why.NO_TRAFFIC),
                blind.missing(Story.P99, Reading.Why.NO_TRAFFIC));

        assertThat(Xml.withClass(Xml.parse(SvgChart.of(Story.ofReviews().snapshot(), 0)), "cg-dot"))
                .isEmpty();
        assertThat(Xml.withClass(Xml.parse(SvgChart.of(blind.snapshot(), 1)), "cg-gap"))
                .hasSize(1);
    }

    @Test
    void aLongGateStaysSmall() {
        Story story = Story.ofReviews();
        story.phase(PhaseName.WATCH, 0);
        for (int second = 1; second <= 20_000; second++) {
            story.look(
                    second * 1000L,
                    PhaseName.WATCH,
                    0,
                    story.seen(Story.FAILED, second % 12, 10),
                    story.seen(Story.ERRORS, 0, 10),
                    story.seen(Story.P99, 0.04, 10));
        }

        String svg = SvgChart.of(story.snapshot(), 0);
        assertThat(svg.length()).isLessThan(100_000);
        Document document = Xml.parse(svg);
        double high = Arrays.stream(Xml.withClass(document, "cg-line")
                        .get(0)
                        .getAttribute("points")
                        .split(" "))
                .mapToDouble(point -> Double.parseDouble(point.split(",")[1]))
                .min()
                .orElseThrow();
        assertThat(high).as("the highest value is still there").isLessThan(100);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static double first(Element line) {
        return Double.parseDouble(line.getAttribute("points").split(",")[0]);
    }

    private static double last(Element line) {
        String[] points = line.getAttribute("points").split(" ");
        return Double.parseDouble(points[points.length - 1].split(",")[0]);
    }
}
