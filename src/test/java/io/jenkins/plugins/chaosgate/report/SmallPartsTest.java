package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {

    @ParameterizedTest
    @CsvSource({"0,00:00.0", "12899,00:12.8", "3599999,59:59.9", "3600000,1:00:00.0", "-5,00:00.0"})
    void stampsCountFromTheBeginning(long millis, String stamp) {
        assertThat(Elapsed.stamp(Duration.ofMillis(millis))).isEqualTo(stamp);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 ms",
        "999,999 ms",
        "1000,1.0 s",
        "59999,59.9 s",
        "60000,1 min",
        "200000,3 min 20 s",
        "3600000,1 h",
        "3900000,1 h 5 min"
    })
    void lengthsAreForPeople(long millis, String words) {
        assertThat(Elapsed.length(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @Test
    void cleanKeepsWordsAndLosesWhatMoves() {
        assertThat(Clean.line("grüße 漢字 😀\ttab\nline")).isEqualTo("grüße 漢字 😀 tab line");
        assertThat(Clean.line("\u001b\u0007\u007f\u0085\u202e\u2066\u2028")).isEqualTo("\uFFFD".repeat(7));
        assertThat(Clean.markup("a\n<b c=\"d\">'&\u0000\uffff\ud800"))
                .isEqualTo("a\n&lt;b c=&quot;d&quot;&gt;&#39;&amp;\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void cuttingNeverSplitsACharacter() {
        String cut = Clean.line("x" + "😀".repeat(Clean.MAX_LINE));

        assertThat(cut).hasSize(Clean.MAX_LINE).endsWith("😀…").doesNotContain("\uFFFD");
    }

    @Test
    void markupThatIsNotClosedIsAMistake() {
        assertThatThrownBy(() -> new Markup().open("p").toString()).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,11.2,0 5 10 15", "0,0.9,0 1", "0,0,0 1", "-3,7,-5 -2.5 0 2.5 5 7.5"})
    void axesHaveRoundTicks(double low, double high, String ticks) {
        Unit unit = low < 0 ? Unit.NUMBER : Unit.COUNT;

        assertThat(Axis.ofValues(unit, low, high).ticks())
                .extracting(unit::format)
                .containsExactly(ticks.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5,0 1",
        "8,0 1 2 3 4 5 6 7 8",
        "16,0 2 4 6 8 10 12 14 16",
        "7200,0 900 1800 2700 3600 4500 5400 6300 7200"
    })
    void timeHasAtMostEightSteps(double seconds, String ticks) {
        assertThat(Axis.ofTime(Duration.ofMillis((long) (seconds * 1000))).ticks())
                .extracting(Unit.NUMBER::format)
                .containsExactly(ticks.split(" "));
    }

    @Test
    void aVeryLongGateStillHasAnAxis() {
        assertThat(Axis.ofTime(Duration.ofDays(400)).ticks()).hasSizeBetween(2, 9);
    }

    @ParameterizedTest
    @CsvSource({"9999,9999", "12500,12.5 k", "7000000,7 M", "-8e9,-8 G", "2e18,2.0e+18"})
    void largeNumbersOnAnAxisAreShort(double tick, String label) {
        assertThat(Axis.label(Unit.NUMBER, tick)).isEqualTo(label);
    }

    @Test
    void ratesKeepTheirUnitWhenTheyAreLarge() {
        assertThat(Axis.label(Unit.PER_SECOND, 20_000)).isEqualTo("20 k/s");
        assertThat(Axis.label(Unit.SECONDS, 20_000)).isEqualTo("20000 s");
    }

    @Test
    void thresholdsThatShareAShortNameKeepTheirTitles() {
        PromQl other = new PromQl("p99", "up", Judging.by(Bounds.atMost(1)));

        assertThat(ThresholdWords.names(List.of(Story.FAILED, Story.P99))).containsExactly("failed requests", "p99");
        assertThat(ThresholdWords.names(List.of(Story.P99, other))).containsExactly("p99 of reviews", "p99");
    }

    @Test
    void valuesStandBesideEveryKindOfLimit() {
        Observation seen = new Observation(Story.BEGIN, 3, OptionalLong.empty(), OptionalDouble.of(1.5), false);
        PromQl range = new PromQl(
                "x",
                "up",
                new Judging(new Bounds(OptionalDouble.of(2), OptionalDouble.of(4)), OptionalDouble.of(1.5), 0));

        assertThat(ThresholdWords.againstLimit(range, seen))
                .isEqualTo("3 of 4, at least 2, 1.5 × stable (1.5) allowed");
        assertThat(ThresholdWords.againstLimit(Showcase.CHECK, seen)).isEqualTo("not ok");
    }

    @Test
    void theLiveLineCountsDownBetweenLooks() {
        Story story = Story.ofReviews();
        LiveLine live = new LiveLine(story.experiment, story.ticket, Paint.PLAIN);
        assertThat(live.at(Story.at(0))).isEmpty();

        story.phase(PhaseName.WATCH, 1_000).tell(live);
        assertThat(live.at(Story.at(1_500))).contains("00:01.5      watching     …");

        story.look(
                2_000,
                PhaseName.WATCH,
                59_000,
                story.seen(Story.FAILED, 4, 20),
                story.seen(Story.ERRORS, 0.21, 20),
                story.seen(Story.P99, 0.044, 20));
        story.tell(live);
        assertThat(live.at(Story.at(4_500)))
                .contains("00:04.5      watching     57 s left   failed requests 4 of 10   error rate 21 % of 1 %   "
                        + "p99 44 ms of 500 ms");

        story.finish(5_000, Story.verdict()).tell(live);
        assertThat(live.at(Story.at(5_000))).isEmpty();
    }

    @Test
    void theWorstObservationIsTheOneNearestToItsLimit() {
        PromQl atLeast = new PromQl("x", "up", Judging.by(Bounds.atLeast(5)));
        Story story = new Story("x", List.of(), List.of(atLeast));
        story.look(1, PhaseName.WARMUP, 0, story.seen(atLeast, 1, 1));
        story.look(2, PhaseName.WATCH, 0, story.seen(atLeast, 9, 1));
        story.look(3, PhaseName.WATCH, 0, story.seen(atLeast, 6, 1));
        story.look(4, PhaseName.WATCH, 0, story.seen(atLeast, 8, 1));

        ThresholdResult result =
                ThresholdResult.of(story.snapshot().thresholds().get(0), story.snapshot());
        assertThat(result.worst().orElseThrow().value()).isEqualTo(6);
        assertThat(result.observed()).isEqualTo(3);
        assertThat(result.state()).isEqualTo(ThresholdResult.State.NOT_JUDGED);
    }
}
