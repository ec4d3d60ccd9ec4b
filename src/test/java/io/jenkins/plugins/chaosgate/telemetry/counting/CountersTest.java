package io.jenkins.plugins.chaosgate.telemetry.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountersTest {
    private static final Map<String, String> POD = Map.of("job", "envoy", "instance", "10.0.0.1:15020");

    private static Window window(double from, double to) {
        return new Window(at(from), at(to));
    }

    private static Instant at(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    /** Pairs of second and value, on the pod. */
    private static Series series(double... pairs) {
        return series(POD, pairs);
    }

    private static Series series(Map<String, String> labels, double... pairs) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            samples.add(new Sample(Math.round(pairs[i] * 1000), pairs[i + 1]));
        }
        return new Series(labels, samples);
    }

    private static Series named(String code, double... pairs) {
        Map<String, String> labels = new HashMap<>(POD);
        labels.put("response_code", code);
        return series(labels, pairs);
    }

    private static double increase(Window window, Series... series) {
        return sum(window, series).least();
    }

    private static Counters.Sum sum(Window window, Series... series) {
        return Counters.of(List.of(series)).increase(labels -> true, window);
    }

    private static Counters.Sum failed(Window window, Series... series) {
        return Counters.of(List.of(series)).increase(labels -> "500".equals(labels.get("response_code")), window);
    }

    @Test
    void countsFromTheLastSampleBeforeTheWindow() {
        assertThat(increase(window(10, 20), series(4, 100, 9, 103, 14, 110, 19, 111, 24, 999)))
                .isEqualTo(8);
    }

    @Test
    void aSampleAtTheBeginningIsTheBaseAndOneAtTheEndCounts() {
        assertThat(increase(window(10, 20), series(9, 1, 10, 5, 20, 7))).isEqualTo(2);
    }

    @Test
    void afterAResetTheNewValueCounts() {
        assertThat(increase(window(10, 20), series(9, 100, 12, 104, 15, 3, 18, 5)))
                .isEqualTo(9);
    }

    @Test
    void aResetBeforeTheWindowDoesNotCount() {
        assertThat(increase(window(10, 20), series(5, 100, 9, 3, 15, 5))).isEqualTo(2);
    }

    @Test
    void aResetAcrossTheBeginningOfTheWindowCounts() {
        assertThat(increase(window(10, 20), series(9, 100, 11, 3))).isEqualTo(3);
    }

    @Test
    void aSeriesBornInTheWindowCountsFromZeroIfItsTargetWasScrapedBefore() {
        assertThat(increase(window(10, 20), named("200", 9, 50, 14, 60), named("500", 14, 7, 19, 8)))
                .isEqualTo(18);
    }

    @Test
    void whenASeriesBornWithItsTargetHadCountedNobodyKnows() {
        assertThat(sum(window(10, 20), named("200", 14, 60, 19, 61), named("500", 14, 7, 19, 8)))
                .isEqualTo(new Counters.Sum(2, 67));
    }

    @Test
    void anotherTargetsScrapesProveNothing() {
        Series other = series(Map.of("job", "envoy", "instance", "10.0.0.2:15020"), 9, 50, 14, 50);
        assertThat(sum(window(10, 20), other, named("500", 14, 7, 19, 8))).isEqualTo(new Counters.Sum(1, 7));
    }

    @Test
    void withoutTheLabelInstanceNothingIsProven() {
        Counters counters = Counters.of(
                List.of(series(Map.of("code", "200"), 9, 50, 14, 50), series(Map.of("code", "500"), 14, 7, 19, 8)));
        assertThat(counters.increase(labels -> true, window(10, 20))).isEqualTo(new Counters.Sum(1, 7));
        assertThat(counters.unclear(window(10, 20))).isEmpty();
    }

    @Test
    void theSeriesUpProvesThatATargetWasScraped() {
        Counters counters = Counters.of(List.of(named("500", 14, 7, 19, 8)));
        assertThat(counters.unclear(window(10, 20))).containsExactly(new Target("envoy", "10.0.0.1:15020"));
        assertThat(counters.withScrapes(List.of(series(9, 1, 14, 1)), at(20)).increase(labels -> true, window(10, 20)))
                .isEqualTo(new Counters.Sum(8, 0));
        assertThat(counters.withScrapes(List.of(series(9, 0, 14, 1)), at(20)).increase(labels -> true, window(10, 20)))
                .as("a scrape that failed proves nothing")
                .isEqualTo(new Counters.Sum(1, 7));
        assertThat(counters.withScrapes(List.of(series(9, 1)), at(20)).unclear(window(10, 20)))
                .isEmpty();
    }

    @Test
    void aCounterWithASampleBeforeTheWindowNeedsNoProof() {
        assertThat(Counters.of(List.of(named("500", 9, 7, 19, 8))).unclear(window(10, 20)))
                .isEmpty();
    }

    @Test
    void aSeriesThatVanishesKeepsWhatItHadGrownBy() {
        assertThat(increase(window(10, 20), named("200", 9, 50, 12, 55), named("500", 9, 0, 19, 0)))
                .isEqualTo(5);
    }

    @Test
    void lateAndDoubleSamplesAndStaleMarkersDoNoHarm() {
        assertThat(increase(window(10, 20), series(14, 110, 9, 100, 14, 109, 14, 110, 19, Double.NaN, 12, 105)))
                .isEqualTo(10);
    }

    @Test
    void aSeriesOfMarkersOnlyIsNone() {
        assertThat(Counters.of(List.of(series(9, Double.NaN), series())).all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoCounterIsGarbage(double value) {
        assertThatThrownBy(() -> Counters.of(List.of(series(9, value))))
                .isInstanceOfSatisfying(
                        NoAnswer.class, no -> assertThat(no.why()).isEqualTo(Why.GARBAGE));
    }

    @Test
    void onlyTheCountersAskedForAreSummed() {
        Counters counters = Counters.of(List.of(named("200", 9, 0, 19, 5), named("500", 9, 0, 19, 3)));
        assertThat(counters.increase(labels -> labels.get("response_code").equals("500"), window(10, 20))
                        .least())
                .isEqualTo(3);
    }

    /** Against a process that really counts, restarts, and is scraped: what was counted between two scrapes is found. */
    @Test
    void agreesWithWhatReallyHappened() {
        Random random = new Random(20260101);
        for (int round = 0; round < 2000; round++) {
            List<Sample> samples = new ArrayList<>();
            List<Integer> events = new ArrayList<>();
            int value = 0;
            for (int second = 0; second < 60; second += 1 + random.nextInt(4)) {
                // A restart hides from every method what was counted after the last scrape, so none is counted then.
                boolean restarted = value > 0 && random.nextInt(15) == 0;
                int happened = restarted ? random.nextInt(value) : random.nextInt(10);
                value = restarted ? happened : value + happened;
                events.add(happened);
                samples.add(new Sample(second * 1000L, value));
            }
            int from = random.nextInt(samples.size());
            int to = from + random.nextInt(samples.size() - from);
            int expected = events.subList(from + 1, to + 1).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            List<Sample> shuffled = new ArrayList<>(samples);
            shuffled.add(samples.get(random.nextInt(samples.size())));
            Collections.shuffle(shuffled, random);
            Window window =
                    new Window(samples.get(from).time(), samples.get(to).time().plusMillis(random.nextInt(900)));

            assertThat(Counters.of(List.of(new Series(POD, shuffled)))
                            .increase(labels -> true, window)
                            .least())
                    .as("round %d: %s in %s", round, samples, window)
                    .isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void aRestartThatTheLargeCountersShowIsOneOfTheSmallOnes() {
        assertThat(failed(window(10, 20), named("200", 9, 100, 14, 3, 19, 9), named("500", 9, 2, 14, 5, 19, 5)))
                .isEqualTo(new Counters.Sum(5, 0));
    }

    @Test
    void whereOnlyASmallCounterBeganAnewTheOthersMayHaveToo() {
        assertThat(failed(
                        window(10, 20),
                        named("404", 9, 1, 14, 0),
                        named("200", 9, 100, 14, 120),
                        named("500", 9, 2, 14, 5)))
                .isEqualTo(new Counters.Sum(3, 2));
    }

    @Test
    void aCounterThatWasNotThereAtAScrapeMayHaveBegunAnew() {
        Series steady = named("200", 4, 10, 9, 20, 14, 30, 19, 40);
        assertThat(failed(window(10, 20), steady, named("500", 9, 2, 19, 5))).isEqualTo(new Counters.Sum(3, 2));
        assertThat(failed(window(10, 20), steady, named("500", 9, 0, 19, 5))).isEqualTo(new Counters.Sum(5, 0));
        assertThat(failed(window(10, 20), named("200", 9, 20, 19, 40), named("500", 9, 2, 19, 5)))
                .as("nobody was there at all")
                .isEqualTo(new Counters.Sum(3, 0));
    }

    @Test
    void aGapIsAskedAboutAndAScrapeThatSucceededInItSpeaksOfARestart() {
        Counters counters = Counters.of(List.of(named("500", 3, 1, 6, 1, 9, 2, 19, 5)));
        assertThat(counters.unclear(window(8, 20))).hasSize(1);
        assertThat(counters.withScrapes(List.of(series(9, 1, 14, 0, 19, 1)), at(20))
                        .increase(labels -> true, window(10, 20)))
                .isEqualTo(new Counters.Sum(3, 0));
        assertThat(counters.withScrapes(List.of(series(9, 1, 14, 1, 19, 1)), at(20))
                        .increase(labels -> true, window(10, 20)))
                .isEqualTo(new Counters.Sum(3, 2));
    }

    @Test
    void aTargetThatCannotBeScrapedIsDownAndOneThatIsNoLongerKnownIsNot() {
        Counters counters = Counters.of(List.of(named("500", 9, 2, 14, 5)));
        assertThat(counters.unclear(window(10, 60))).hasSize(1);
        assertThat(counters.withScrapes(List.of(series(9, 1, 14, 1, 24, 0, 58, 0)), at(60))
                        .down())
                .containsOnlyKeys(new Target("envoy", "10.0.0.1:15020"))
                .containsValue(at(14));
        assertThat(counters.withScrapes(List.of(series(9, 1, 14, 1, 19, 0)), at(60))
                        .down())
                .as("it is gone")
                .isEmpty();
        assertThat(counters.withScrapes(List.of(series(9, 1, 14, 1, 24, 0, 58, 1)), at(60))
                        .down())
                .as("it is back, idle")
                .isEmpty();
    }

    @Test
    void whatTwoJobsScrapeCountsOnce() {
        Map<String, String> one = Map.of("job", "a", "instance", "10.0.0.1:15020", "pod", "reviews-1", "code", "500");
        Map<String, String> other = Map.of("job", "b", "instance", "10.0.0.1:15090", "pod", "reviews-1", "code", "500");
        assertThat(increase(window(10, 20), series(one, 9, 1, 14, 4, 19, 6), series(other, 8, 1, 13, 2, 18, 6)))
                .isEqualTo(5);
        Map<String, String> second = new HashMap<>(other);
        second.put("pod", "reviews-2");
        assertThat(increase(window(10, 20), series(one, 9, 1, 14, 4, 19, 6), series(second, 8, 1, 13, 2, 18, 6)))
                .as("two pods")
                .isEqualTo(10);
    }

    @Test
    void whatOneReplicaOfPrometheusSawBeforeTheOtherGoesOn() {
        Map<String, String> one = new HashMap<>(POD);
        one.put("prometheus_replica", "0");
        Map<String, String> other = new HashMap<>(POD);
        other.put("prometheus_replica", "1");
        assertThat(increase(window(10, 20), series(one, 4, 1, 9, 3, 14, 4), series(other, 13, 4, 18, 9)))
                .isEqualTo(6);
    }

    private static List<Counter> counters(Series... series) {
        return Counters.of(List.of(series)).all();
    }

    @Test
    void freshDataMissNothing() {
        assertThat(Freshness.missing(counters(series(9, 1, 14, 1)), window(10, 20)))
                .isEmpty();
        assertThat(Freshness.missing(counters(series(9, 1, 14, 1)), window(10, 29)))
                .isEmpty();
    }

    @Test
    void withoutAScrapeSinceTheWindowBeganThereIsNothing() {
        Optional<NoData> missing = Freshness.missing(counters(series(9, 1, 10, 1)), window(10, 11));
        assertThat(missing).hasValueSatisfying(no -> {
            assertThat(no.why()).isEqualTo(Why.STALE);
            assertThat(no.detail()).contains("no scrape since the window began at 1970-01-01T00:00:10Z");
        });
        assertThat(Freshness.missing(counters(series(30, 1)), window(10, 20))).isPresent();
    }

    @Test
    void oldDataAreStale() {
        assertThat(Freshness.missing(counters(series(10, 1, 11, 1)), window(5, 27)))
                .hasValueSatisfying(
                        no -> assertThat(no.detail()).contains("16 s old").contains("15 s"));
    }

    @Test
    void slowScrapesMayBeOlder() {
        Series slow = series(10, 1, 40, 1, 70, 1);
        assertThat(Freshness.missing(counters(slow), window(5, 160))).isEmpty();
        assertThat(Freshness.missing(counters(slow), window(5, 161))).isPresent();
    }

    @Test
    void theIntervalIsTheUsualOneInspiteOfGaps() {
        assertThat(Freshness.interval(counters(series(1, 1, 2, 1, 3, 1, 30, 1, 31, 1), series(1, 1))))
                .contains(Duration.ofSeconds(1));
        assertThat(Freshness.interval(counters(series(1, 1)))).isEmpty();
        assertThat(Freshness.interval(Stream.<Counter>of().toList())).isEmpty();
    }
}
