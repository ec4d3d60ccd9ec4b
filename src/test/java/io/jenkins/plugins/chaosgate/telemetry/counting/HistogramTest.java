package io.jenkins.plugins.chaosgate.telemetry.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
    private static final Window WINDOW = new Window(Instant.ofEpochSecond(10), Instant.ofEpochSecond(20));

    private final List<Series> series = new ArrayList<>();

    /** A bucket that has these values at the seconds 9, 14 and 19. */
    private HistogramTest bucket(String pod, String bound, double... values) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            samples.add(new Sample(9000 + 5000L * i, values[i]));
        }
        series.add(new Series(Map.of("instance", pod, "le", bound), samples));
        return this;
    }

    private Histogram histogram() {
        return Histogram.of(Counters.of(series), labels -> true, WINDOW);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 50", "0.5, 100", "0.75, 175", "0.9, 220", "0.99, 247", "0.001, 0.2"})
    void isLinearWithinABucket(double quantile, double expected) {
        bucket("a", "100", 0, 0, 50).bucket("a", "250", 7, 7, 107).bucket("a", "+Inf", 7, 7, 107);
        assertThat(histogram().total()).isEqualTo(100);
        assertThat(histogram().quantile(quantile).value()).isCloseTo(expected, within(1e-9));
        assertThat(histogram().quantile(quantile).aboveAllBounds()).isFalse();
    }

    @Test
    void aQuantileAtABoundDoesNotFallOutOfItByRounding() {
        // 0.07 * 100 is a little more than 7 in binary.
        bucket("a", "100", 0, 7).bucket("a", "250", 0, 100).bucket("a", "+Inf", 0, 100);
        assertThat(histogram().quantile(0.07).value()).isEqualTo(100);
    }

    @Test
    void emptyBucketsAreStriddenOver() {
        bucket("a", "1", 0, 0).bucket("a", "2", 0, 10).bucket("a", "4", 0, 10).bucket("a", "+Inf", 0, 20);
        assertThat(histogram().quantile(0.25).value()).isEqualTo(1.5);
    }

    @Test
    void aboveTheLargestBoundOnlyThatIsKnown() {
        bucket("a", "100", 0, 90).bucket("a", "+Inf", 0, 100);
        assertThat(histogram().quantile(0.95)).isEqualTo(new Histogram.Quantile(100, true));
        assertThat(histogram().quantile(0.9)).isEqualTo(new Histogram.Quantile(100, false));
    }

    @Test
    void severalSeriesAreSummedByBound() {
        bucket("a", "100", 0, 10).bucket("a", "+Inf", 0, 10);
        bucket("b", "100.0", 0, 0).bucket("b", "+Inf", 0, 10);
        assertThat(histogram().atMost())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(100.0, 10.0, Double.POSITIVE_INFINITY, 20.0)));
    }

    @Test
    void ofDifferentBucketsOnlyCommonBoundsAreUsed() {
        bucket("a", "50", 0, 4).bucket("a", "100", 0, 10).bucket("a", "+Inf", 0, 10);
        bucket("b", "100", 0, 5).bucket("b", "200", 0, 10).bucket("b", "+Inf", 0, 10);
        assertThat(histogram().atMost()).containsOnlyKeys(100.0, Double.POSITIVE_INFINITY);
    }

    @Test
    void seriesWithoutTrafficTakeNoBoundsAway() {
        bucket("a", "50", 0, 4).bucket("a", "+Inf", 0, 10);
        bucket("b", "100", 5, 5).bucket("b", "+Inf", 6, 6);
        assertThat(histogram().atMost()).containsOnlyKeys(50.0, Double.POSITIVE_INFINITY);
    }

    @Test
    void bucketsThatHoldLessThanSmallerOnesAreGarbage() {
        bucket("a", "100", 0, 11).bucket("a", "200", 0, 10).bucket("a", "+Inf", 0, 20);
        assertGarbage("smaller ones");
    }

    @Test
    void aBoundIsANumberHoweverItIsWritten() {
        bucket("a", "0.5", 0, 3).bucket("a", "5e-1", 0, 3).bucket("a", "Inf", 0, 4);
        assertThat(histogram().atMost())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(0.5, 3.0, Double.POSITIVE_INFINITY, 4.0)));
    }

    @Test
    void aBoundThatIsWrittenInAnotherWayFromNowOnGoesOn() {
        series.add(
                new Series(Map.of("instance", "a", "le", "100"), List.of(new Sample(9000, 50), new Sample(14000, 53))));
        series.add(new Series(Map.of("instance", "a", "le", "100.0"), List.of(new Sample(19000, 54))));
        bucket("a", "+Inf", 60, 63, 65);
        assertThat(histogram().atMost())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(100.0, 4.0, Double.POSITIVE_INFINITY, 5.0)));
    }

    @Test
    void aBucketThatAppearsLaterIsLeftOut() {
        // It would bring 105 requests of the time before, and seem to hold all of this window's.
        series.add(new Series(Map.of("instance", "a", "le", "500"), List.of(new Sample(19000, 105))));
        bucket("a", "100", 90, 90, 91).bucket("a", "+Inf", 100, 105, 110);
        assertThat(histogram().atMost())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(100.0, 1.0, Double.POSITIVE_INFINITY, 10.0)));
    }

    @Test
    void aHistogramWhoseInfiniteBucketAppearsLaterIsGarbage() {
        series.add(new Series(Map.of("instance", "a", "le", "+Inf"), List.of(new Sample(19000, 105))));
        bucket("a", "100", 90, 90, 91);
        assertGarbage("+Inf");
    }

    @Test
    void ofAFreshTargetNobodyKnowsWhatItCountedBefore() {
        series.add(
                new Series(Map.of("instance", "a", "le", "100"), List.of(new Sample(14000, 5), new Sample(19000, 6))));
        series.add(new Series(
                Map.of("instance", "a", "le", "+Inf"), List.of(new Sample(14000, 8), new Sample(19000, 10))));
        assertThat(histogram().total()).isEqualTo(2);
        assertThat(histogram().unknownTotal()).isEqualTo(8);
        assertThat(histogram().unknownAbove(100)).isEqualTo(3);
        assertThat(histogram().unknownAbove(99)).isEqualTo(8);
    }

    @Test
    void aRestartIsSeenForTheWholeHistogram() {
        // The bucket 100 shows no drop (2, then 5), but it began anew, too.
        bucket("a", "100", 2, 2, 5).bucket("a", "+Inf", 50, 60, 8);
        assertThat(histogram().atMost()).containsEntry(100.0, 5.0).containsEntry(Double.POSITIVE_INFINITY, 18.0);
    }

    @Test
    void withoutEventsThereIsNoQuantile() {
        bucket("a", "100", 5, 5).bucket("a", "+Inf", 6, 6);
        assertThat(histogram().total()).isZero();
        assertThatThrownBy(() -> histogram().quantile(0.5))
                .isInstanceOfSatisfying(
                        NoAnswer.class, no -> assertThat(no.why()).isEqualTo(Why.NO_TRAFFIC));
    }

    @Test
    void oddHistogramsAreGarbage() {
        bucket("a", "100", 0, 1);
        assertGarbage("+Inf");
        series.clear();
        bucket("a", "much", 0, 1);
        assertGarbage("much");
        series.clear();
        bucket("a", "NaN", 0, 1);
        assertGarbage("NaN");
        series.clear();
        bucket("a", "+Inf", 0, 1);
        assertGarbage("finite bounds");
    }

    private void assertGarbage(String hint) {
        assertThatThrownBy(() -> histogram().quantile(0.5))
                .hasMessageContaining(hint)
                .isInstanceOfSatisfying(
                        NoAnswer.class, no -> assertThat(no.why()).isEqualTo(Why.GARBAGE));
    }
}
