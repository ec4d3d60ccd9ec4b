package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The words that all pages share. */
class RowsTest {

    @Test
    void aFaultIsInOnlyUntilTheGateIsOver() {
        Story running = Story.ofReviews().preflight().warmUp().inject();
        FaultRow now = FaultRow.of(running.snapshot()).get(0);
        assertThat(now)
                .isEqualTo(new FaultRow(
                        "abort 100 % of calls to ratings with 500",
                        "EnvoyFilter bookinfo/chaos-gate-7f3a91c2", "00:10.6", "in now", "14", false));

        running.finish(80_000, Verdict.rollbackFailed("the cluster does not answer"));
        FaultRow left = FaultRow.of(running.snapshot()).get(0);
        assertThat(left.wentOut()).isEqualTo("still in");
        assertThat(left.mayBeIn()).isTrue();

        FaultRow gone = FaultRow.of(Story.violated().snapshot()).get(0);
        assertThat(gone.wentOut()).isEqualTo("00:12.9");
        assertThat(gone.mayBeIn()).isFalse();
    }

    @Test
    void aFaultThatWasNeverPlannedIsNeitherInNorOut() {
        FaultRow row = FaultRow.of(Story.ofReviews().snapshot()).get(0);

        assertThat(row.carriedBy()).isEmpty();
        assertThat(List.of(row.wentIn(), row.wentOut(), row.hurt())).containsExactly("never", "–", "not counted");
    }

    @Test
    void tellsWhatStandsBehindTheFaults() {
        assertThat(GuardWords.of(Story.violated().snapshot()))
                .startsWith("Guarded by Job bookinfo/chaos-gate-7f3a91c2:")
                .contains("takes the faults out 30 s after");
        Story bare = Story.ofReviews();
        bare.guarded = false;
        assertThat(GuardWords.of(bare.preflight().snapshot())).startsWith("Not guarded:");
        assertThat(GuardWords.of(Story.ofReviews().snapshot())).isEmpty();
    }

    @Test
    void countsDownWhatHasAnEnd() {
        Story story = Story.ofReviews();
        assertThat(Progress.words(story.snapshot(), Story.at(0))).isEmpty();

        story.phase(PhaseName.PREFLIGHT, 0);
        assertThat(Progress.words(story.snapshot(), Story.at(100))).contains("preflight");
        story.ended(PhaseName.PREFLIGHT, 400).phase(PhaseName.WARMUP, 400);
        assertThat(Progress.words(story.snapshot(), Story.at(4_400))).contains("warming up, 6 s left");
        story.ended(PhaseName.WARMUP, 10_400).phase(PhaseName.WATCH, 11_400);
        assertThat(Progress.words(story.snapshot(), Story.at(37_500))).contains("watching, 34 s left");
        assertThat(Progress.words(story.snapshot(), Story.at(500_000))).contains("watching, 0 s left");
        assertThat(Progress.length(story.snapshot(), Story.at(37_500))).isEqualTo("37.5 s");

        story.finish(72_000, Verdict.passed("held"));
        assertThat(Progress.words(story.snapshot(), Story.at(90_000))).isEmpty();
        assertThat(Progress.length(Story.violated().snapshot(), Story.at(90_000)))
                .isEqualTo("15.9 s");
    }

    @Test
    void tellsTheNewestLook() {
        Story story = Story.ofReviews().preflight().warmUp();
        story.phase(PhaseName.WATCH, 11_000);
        story.look(
                12_000,
                PhaseName.WATCH,
                0,
                story.seen(Story.FAILED, 4, 20),
                story.seen(Story.ERRORS, 0.2, 20),
                story.missing(Story.P99, Reading.Why.STALE));

        List<ThresholdRow> rows = ThresholdRow.of(story.snapshot());
        assertThat(rows).extracting(ThresholdRow::latest).containsExactly("4", "20 % of 20", "stale data");
        assertThat(rows.get(2).summary())
                .isEqualTo("Limit: at most 500 ms. Nothing was seen under the fault. 1 of 1 looks showed no data.");
        assertThat(rows).extracting(row -> row.badge().words()).containsOnly("… so far");
        assertThat(ThresholdRow.of(Story.ofReviews().snapshot()))
                .allMatch(row -> !row.looked() && row.latest().isEmpty());
    }

    @Test
    void theLegendTellsOnlyWhatThereIs() {
        assertThat(ThresholdRow.legend(Story.ofReviews().snapshot())).isEmpty();
        assertThat(ThresholdRow.legend(Story.violated().snapshot()))
                .contains("A diamond is an observation beyond the limit")
                .doesNotContain("stable");
        assertThat(ThresholdRow.legend(Showcase.passed().snapshot()))
                .endsWith("The dotted line is the stable version.");
    }

    @Test
    void findingsKeepTheirSeverity() {
        Story story = Story.ofReviews()
                .preflight(List.of(
                        Finding.ok("a", "1"),
                        Finding.warning("b", "2"),
                        Finding.error("c", "3"),
                        Finding.noEvidence("d", "4")));

        assertThat(FindingRow.of(story.snapshot()))
                .extracting(
                        row -> row.badge().words() + " " + row.badge().tone().word())
                .containsExactly("✓ ok good", "! warning warn", "✕ error bad", "✕ no evidence bad");
    }

    @Test
    void aChartForAPageOfSeveralGatesBringsNoStyleAndKeepsItsOwnIds() {
        Document bare = Xml.parse(SvgChart.unstyled(Showcase.hostile().snapshot(), 0));

        assertThat(Xml.all(bare, "style")).isEmpty();
        assertThat(Xml.all(bare, "script")).isEmpty();
        assertThat(Xml.all(bare, "*").stream()
                        .filter(element -> element.hasAttribute("id"))
                        .map(element -> element.getAttribute("id")))
                .isNotEmpty()
                .allMatch(id -> id.startsWith("chart-7f3a91c2-1-"));
        Element hatched = Xml.all(bare, "rect").stream()
                .filter(rect -> rect.getAttribute("fill").startsWith("url"))
                .findFirst()
                .orElseThrow();
        assertThat(hatched.getAttribute("fill")).isEqualTo("url(#chart-7f3a91c2-1-gap)");
        assertThat(Xml.all(Xml.parse(SvgChart.of(Showcase.hostile().snapshot(), 0)), "style"))
                .hasSize(1);
    }
}
