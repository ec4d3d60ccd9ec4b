package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that nothing could break are no limits, and a fault that a limit forgives proves nothing. */
class UnbreakableLimitsTest {

    private static List<String> lines(String threshold, String watch) {
        return Try.lines(Try.withThreshold(threshold) + "watch: {" + watch + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failedRequests: {of: a, max: 100, per: 1h} | duration: 1m | 5:44: steadyState[0].failedRequests.per: a time"
                        + " of 1h, of which no more than the duration of 1m is watched; expected at most the watch's duration",
                "latency: {of: a, quantile: 99, max: 1s, window: 5m} | duration: 4m59s | 5:53: steadyState[0].latency.window:"
                        + " a time of 5m, of which no more than the duration of 4m59s is watched",
                "errorRate: {of: a, max: 1%, allowedBreaches: 12} | duration: 1m | 5:50: steadyState[0].errorRate"
                        + ".allowedBreaches: all of the 12 looks that fit into the duration may break the limit; expected"
                        + " fewer than 12",
                "webhook: {name: a, url: 'http://a', allowedBreaches: 20} | duration: 20s, interval: 1s | 5:58: steadyState[0]"
                        + ".webhook.allowedBreaches: all of the 20 looks",
                "promql: {name: a, query: up, max: 1, for: 1m} | duration: 1m | 5:47: steadyState[0].promql.for: breaches that"
                        + " last for 1m do not fit into the duration of 1m; expected less than the watch's duration",
            })
    void refusesWhatDoesNotFitIntoTheWatch(String threshold, String watch, String line) {
        assertThat(lines(threshold, watch)).singleElement().asString().startsWith("test.yaml:" + line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failedRequests: {of: a, max: 100, per: 1m} | duration: 1m",
                "errorRate: {of: a, max: 1%, window: 1m} | duration: 1m",
                "errorRate: {of: a, max: 1%, allowedBreaches: 11} | duration: 1m",
                "promql: {name: a, query: up, max: 1, for: 59s999ms} | duration: 1m",
            })
    void allowsWhatJustFits(String threshold, String watch) {
        assertThat(lines(threshold, watch)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20s, 20s", "1m, 1m", "5m, 1m"})
    void aTimeThatNobodySetIsNoLongerThanTheWatch(String duration, String window) {
        for (String threshold : List.of("failedRequests: {of: a, max: 10}", "errorRate: {of: a, max: 1%}")) {
            ServiceThreshold read =
                    (ServiceThreshold) Try.read(Try.withThreshold(threshold) + "watch: {duration: " + duration + "}")
                            .steadyState()
                            .get(0);
            assertThat(Units.duration(read.window())).isEqualTo(window);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "errorRate: {of: a, max: 100%} | errorRate.max: nothing is ever above 100 %; expected a limit that",
                "errorRate: {of: a, min: 0%} | errorRate.min: nothing is ever below 0 %; expected a limit that",
                "failedRequests: {of: a, min: 0} | failedRequests.min: nothing is ever below 0; expected a limit that",
            })
    void refusesLimitsThatHoldForEveryValue(String threshold, String part) {
        assertThat(Try.lines(Try.withThreshold(threshold)))
                .singleElement()
                .asString()
                .contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errorRate: {of: a, max: 100%, compareTo: stable, maxRatio: 2}",
                "errorRate: {of: a, max: 100%, min: 1%}",
                "failedRequests: {of: a, max: 10, min: 0}",
                "promql: {name: a, query: up, min: 0}",
            })
    void allowsThemBesideOneThatCanBreak(String threshold) {
        assertThat(Try.lines(Try.withThreshold(threshold))).isEmpty();
    }

    @Test
    void refusesADelayThatIsNotProvenInTime() {
        String fault = Try.WITHOUT_FAULTS + "faults: [httpDelay: {to: a, delay: 25s}]\nwatch: {missingData: MOST}";

        assertThat(Try.lines(fault.replace("MOST", "30s")))
                .containsExactly("test.yaml:5:36: faults[0].httpDelay.delay: with a look each 5s, a delay of 25s is not"
                        + " proven within the missingData of 30s; expected a delay shorter than missingData by more than the"
                        + " interval");
        assertThat(Try.lines(fault.replace("MOST", "30s1ms"))).isEmpty();
    }

    private static List<String> touched(String percentages, String threshold) {
        String faults = percentages
                .replaceFirst("^", "faults:\n  - httpAbort: {to: a, status: 500, percentage: ")
                .replace(" and ", "}\n  - httpDelay: {to: b, delay: 1s, percentage: ");
        String yaml =
                "name: x\ntarget: {namespace: bookinfo, canary: {app: reviews}}\nsteadyState:\n  - " + threshold + "\n";
        return Try.lines(yaml + faults + "}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1       | errorRate: {of: reviews, max: 3%} | 1 % of calls, where 'error rate of reviews' forgives 3 %",
                "3       | errorRate: {of: reviews, max: 3%} | 3 % of calls, where 'error rate of reviews' forgives 3 %",
                "1 and 2 | errorRate: {of: reviews, max: 3%} | 2 % of calls, where 'error rate of reviews' forgives 3 %",
                "1       | latency: {of: reviews, quantile: 99, max: 1s} | 1 % of calls, where 'p99 of reviews' forgives 1 %",
                "0.05    | latency: {of: reviews, quantile: 99.9, max: 1s} | where 'p99.9 of reviews' forgives 0.1 %",
                "2 | errorRate: {of: reviews, max: 3%, allowedBreaches: 1} | where 'error rate of reviews' forgives 3 %",
            })
    void refusesAFaultThatALimitForgives(String percentages, String threshold, String part) {
        assertThat(touched(percentages, threshold))
                .singleElement()
                .asString()
                .contains(
                        "].http",
                        ".percentage: found a fault on ",
                        part,
                        "expected a percentage above that, or a stricter");
    }

    @Test
    void pointsAtThePercentageOfTheFaultThatTouchesMost() {
        assertThat(touched("1 and 2", "errorRate: {of: reviews, max: 3%}"))
                .containsExactly(
                        "test.yaml:7:47: faults[1].httpDelay.percentage: found a fault on 2 % of calls, where 'error"
                                + " rate of reviews' forgives 3 % of requests: what it touches could not break that; expected a"
                                + " percentage above that, or a stricter limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.0001  | errorRate: {of: reviews, max: 3%}",
                "1 and 4 | errorRate: {of: reviews, max: 3%}",
                "1       | errorRate: {of: reviews, max: 0%}",
                "1       | failedRequests: {of: reviews, max: 10}",
                "1       | errorRate: {of: reviews, max: 3%, arm: stable}",
                "1       | errorRate: {of: reviews, max: 3%, compareTo: stable, maxRatio: 2}",
                "1.0001  | latency: {of: reviews, quantile: 99, max: 1s}",
                "1       | promql: {name: a, query: up, max: 0.03}",
            })
    void allowsAFaultThatCouldBreakTheLimit(String percentages, String threshold) {
        assertThat(touched(percentages, threshold)).isEmpty();
    }

    @Test
    void saysNothingOfPercentagesWhileAFaultCannotBeRead() {
        assertThat(touched("1 and 300", "errorRate: {of: reviews, max: 3%}"))
                .singleElement()
                .asString()
                .contains("faults[1].httpDelay.percentage: found '300'");
    }
}
