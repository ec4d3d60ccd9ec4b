package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fields, faults and thresholds may not do together. */
class RulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "httpAbort: {to: a, status: 500} | httpAbort: {to: a, status: 503} | at most one abort",
                "httpAbort: {to: a, status: 500} | grpcAbort: {to: a, status: 14}  | at most one abort",
                "httpDelay: {to: a, delay: 1s}   | httpDelay: {to: a.bookinfo, delay: 2s} | at most one httpDelay",
                "httpDelay: {to: a, delay: 1s}   | httpDelay: {to: a, port: 80, delay: 2s} | at most one httpDelay",
                "httpDelay: {to: a, port: 80, delay: 1s} | httpDelay: {to: a, port: 80, delay: 2s} | at most one httpDelay",
                "bandwidthLimit: {to: a, limit: 1KiB/s} | bandwidthLimit: {to: a, limit: 2KiB/s} | one bandwidthLimit",
                "httpAbort: {to: a, status: 500} | httpDelay: {to: a, delay: 1s, headers: {x: y}} | the same headers",
                "httpAbort: {to: a, status: 500, maxActive: 1} | httpDelay: {to: a, delay: 1s} | the same maxActive",
                "httpAbort: {to: a, status: 500} | httpAbort: {to: a, status: 500, from: {app: reviews, version: v2}}"
                        + " | at most one abort",
                "httpAbort: {to: a, status: 500, from: {x: y}} | httpAbort: {to: a, status: 500, from: {x: y, z: w}}"
                        + " | at most one abort",
                "httpAbort: {to: a, status: 500, from: {x: y, z: w}} | httpAbort: {to: a, status: 500, from: {x: y}}"
                        + " | at most one abort",
            })
    void refusesFaultsThatOneRouteCannotHold(String first, String second, String why) {
        assertThat(Try.lines(Try.WITHOUT_FAULTS + "faults:\n  - " + first + "\n  - " + second))
                .singleElement()
                .asString()
                .startsWith("test.yaml:7:5: faults[1]: found a fault on the same calls as faults[0]; expected ")
                .contains(why)
                .endsWith("since a route of the proxy carries one fault configuration");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "httpAbort: {to: a, status: 500} | httpAbort: {to: b, status: 500}",
                "httpAbort: {to: a, status: 500} | httpAbort: {to: a.other, status: 500}",
                "httpAbort: {to: a, status: 500, port: 80} | httpAbort: {to: a, status: 500, port: 81}",
                "httpAbort: {to: a, status: 500} | httpAbort: {to: a, status: 500, from: {app: other}}",
                "httpAbort: {to: a, status: 500, percentage: 5} | httpDelay: {to: a, delay: 1s, percentage: 10}",
                "httpAbort: {to: a, status: 500, headers: {x: y}, maxActive: 3} | httpDelay: {to: a, delay: 1s, headers:"
                        + " {X: y}, maxActive: 3}",
                "grpcAbort: {to: a, status: 14} | bandwidthLimit: {to: a, limit: 1KiB/s}",
            })
    void allowsFaultsThatFitTogether(String first, String second) {
        assertThat(Try.lines(Try.WITHOUT_FAULTS + "faults:\n  - " + first + "\n  - " + second))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throughput: {of: a, min: 5/s, decide: sequential} | no bad requests can be counted",
                "promql: {name: x, query: x, max: 1, decide: sequential} | no bad requests can be counted",
                "errorRate: {of: a, max: 0%, decide: sequential} | no bad requests can be counted",
                "errorRate: {of: a, max: 1%, min: 0.1%, decide: sequential} | no bad requests can be counted",
                "latency: {of: a, quantile: 99, compareTo: stable, maxRatio: 2, decide: sequential} | no bad requests",
                "errorRate: {of: a, max: 1%, decide: sequential, allowedBreaches: 1} | beside allowedBreaches or for",
                "errorRate: {of: a, max: 1%, decide: sequential, for: 10s} | beside allowedBreaches or for",
                "errorRate: {of: a, max: 1%, for: 10s, burstiness: 2} | a burstiness where every sample",
                "errorRate: {of: a, max: 1%, minRequests: 30} | a minRequests where all requests counted so far decide",
            })
    void refusesDecisionsThatCannotBeMade(String threshold, String why) {
        assertThat(Try.lines(Try.withThreshold(threshold)))
                .singleElement()
                .asString()
                .contains("steadyState[0]: ", why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "errorRate: {of: a, max: 1%} | SEQUENTIAL",
                "errorRate: {of: a, max: 0%} | EVERY_SAMPLE",
                "errorRate: {of: a, max: 100%, min: 1%} | EVERY_SAMPLE",
                "errorRate: {of: a, min: 1%} | EVERY_SAMPLE",
                "errorRate: {of: a, compareTo: stable, maxRatio: 2} | SEQUENTIAL",
                "errorRate: {of: a, max: 1%, allowedBreaches: 1} | EVERY_SAMPLE",
                "errorRate: {of: a, max: 1%, for: 10s} | EVERY_SAMPLE",
                "errorRate: {of: a, max: 1%, decide: everySample} | EVERY_SAMPLE",
                "failedRequests: {of: a, max: 0} | SEQUENTIAL",
                "latency: {of: a, quantile: 99, max: 1s} | SEQUENTIAL",
                "latency: {of: a, quantile: 99, compareTo: stable, maxRatio: 2} | EVERY_SAMPLE",
                "throughput: {of: a, max: 5/s} | EVERY_SAMPLE",
                "webhook: {name: x, url: 'http://x'} | EVERY_SAMPLE",
            })
    void decidesByCountsWhereThatCanBe(String threshold, Decide decide) {
        assertThat(Decide.of(Try.threshold(threshold))).isEqualTo(decide);
    }

    @Test
    void theLeastTimeUnderTheFaultFitsIntoTheDuration() {
        assertThat(Try.lines(Try.MINIMAL + "watch: {duration: 20s, earlyPass: true, minUnderFault: 21s}"))
                .singleElement()
                .asString()
                .contains("watch.minUnderFault: it is longer than the duration of 20s; expected at most the duration");
        assertThat(Try.lines(Try.MINIMAL + "watch: {duration: 20s}")).isEmpty();
    }

    @Test
    void theLeastTimeUnderTheFaultGoesWithAnEarlyPass() {
        String line = Try.MINIMAL + "watch: {minUnderFault: 20sMORE}";
        for (String more : List.of("", ", earlyPass: false")) {
            assertThat(Try.lines(line.replace("MORE", more)))
                    .containsExactly(
                            "test.yaml:6:24: watch.minUnderFault: minUnderFault where the gate watches its whole"
                                    + " duration; expected 'earlyPass: true' beside it, or no minUnderFault");
        }
        assertThat(Try.lines(line.replace("MORE", ", earlyPass: true"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: y    | 1:1: faults: missing field 'faults'",
                "faults:    | 5:8: faults: found no faults",
                "faults: null | 5:9: faults: found no faults",
                "faults: [] | 5:9: faults: found no faults",
            })
    void refusesToHurtNothingUnasked(String line, String found) {
        String yaml = Try.WITHOUT_FAULTS.replace("name: minimal\n", line.startsWith("name") ? "" : "name: minimal\n");
        for (String more : List.of("", "\ncontrolRun: false")) {
            assertThat(Try.lines(yaml + line + more))
                    .containsExactly(
                            "test.yaml:" + found + "; expected at least one fault, or 'controlRun: true' beside it"
                                    + " for a control run, which only watches");
        }
        assertThat(Try.lines(yaml + line + "\ncontrolRun: true")).isEmpty();
    }

    @Test
    void refusesFaultsInAControlRun() {
        assertThat(Try.lines(Try.MINIMAL + "faults: [httpAbort: {to: a, status: 500}]"))
                .containsExactly(
                        "test.yaml:1:13: controlRun: found controlRun: true beside faults; expected one of them:"
                                + " faults, or 'controlRun: true' for a run that hurts nothing");
    }

    @Test
    void doesNotMissFaultsThatAreOnlyMisspelt() {
        assertThat(Try.lines(Try.WITHOUT_FAULTS + "fualts: [httpAbort: {to: a, status: 500}]"))
                .singleElement()
                .asString()
                .contains("unknown field 'fualts'; did you mean 'faults'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pods: {restarts: {max: -1}} | pods.restarts.max: found '-1'; expected a number of restarts, a whole number",
                "pods: {restarts: 1}         | pods.restarts: found '1'; expected a map with the fields max",
                "pods: {restart: {max: 1}}   | pods.restart: unknown field 'restart'; did you mean 'restarts'?",
                "pods: {ready: {min: 1}}     | pods.ready.min: found '1'; expected 1% or 100%, since a bare 1",
                "pods: {ready: {}}           | pods.ready.min: missing field 'min'; expected a share",
                "pod: {restarts: {max: 1}}   | unknown threshold 'pod'; did you mean 'pods'?",
            })
    void refusesPodsThatCannotBeJudged(String item, String part) {
        assertThat(Try.lines(Try.MINIMAL + "  - " + item)).first().asString().contains("steadyState[1].", part);
    }

    @Test
    void wantsOneItemOfPodsAndAThresholdBesideIt() {
        assertThat(Try.lines(Try.MINIMAL + "  - pods: {}\n  - pods: {ready: {min: 50%}}"))
                .containsExactly(
                        "test.yaml:7:5: steadyState[2]: found pods of steadyState[1] again; expected at most one"
                                + " item 'pods', with all that must hold of the canary's pods");
        assertThat(Try.lines(Try.withThreshold("pods: {}")))
                .containsExactly("test.yaml:5:3: steadyState: found pods alone; expected a threshold beside it, so that"
                        + " what callers get is judged, too");
        assertThat(Try.lines(Try.withThreshold("errorRate: {of: a}\n  - pods: {}")))
                .singleElement()
                .asString()
                .contains("a threshold without a limit");
    }

    @Test
    void findsConflictsAlsoBesideOtherProblems() {
        assertThat(Try.lines(Try.WITHOUT_FAULTS
                        + "faults:\n  - httpAbort: {to: a, status: 1}\n  - httpDelay: {to: a, delay: 1s}\n"
                        + "  - httpDelay: {to: a, delay: 2s}\n"))
                .hasSize(2)
                .anyMatch(line -> line.contains("faults[2]: found a fault on the same calls as faults[1]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "errorRate: {of: a}                        | errorRate: a threshold without a limit; expected at least one of"
                        + " max, min, maxRatio",
                "promql: {name: a, query: up}              | promql: a threshold without a limit; expected at least one of"
                        + " max, min",
                "errorRate: {of: a, min: 5%, max: 1%}      | errorRate.min: min is above max, so that nothing could hold",
                "errorRate: {of: a, max: 1%, compareTo: stable} | errorRate.compareTo: compareTo without maxRatio",
                "errorRate: {of: a, max: 1%, maxRatio: 2}  | errorRate.maxRatio: maxRatio without compareTo; expected"
                        + " 'compareTo: stable' beside it",
                "errorRate: {of: a, compareTo: stable, maxRatio: 2, arm: all} | errorRate.arm: the arm all beside compareTo",
                "errorRate: {of: a, compareTo: stable, maxRatio: 0} | maxRatio: found '0'; expected a number above 0",
                "errorRate: {of: a, compareTo: base, maxRatio: 2} | compareTo: found 'base'; expected stable",
                "errorRate: {of: a, max: 1%, arm: canry}   | arm: found 'canry'; did you mean 'canary'?",
                "errorRate: {of: a, max: 1%, per: 1m}      | errorRate.per: unknown field 'per'; expected one of",
                "promql: {name: a, query: up, max: 1, maxRatio: 2} | promql.maxRatio: unknown field 'maxRatio'",
                "webhook: {name: a, url: 'http://a', max: 1} | webhook.max: unknown field 'max'",
                "latency: {of: a, max: 1s}                 | latency.quantile: missing field 'quantile'",
                "failedRequests: {of: a, max: 1.5}         | max: found '1.5'; expected a number of requests, a whole",
                "failedRequests: {of: a, max: 1, allowedBreaches: -1} | allowedBreaches: found '-1'; expected a number of",
                "failedRequests: {of: a, max: 1, per: 4s}  | steadyState[0]: it looks back over 4s, but is looked at only"
                        + " every 5s; expected a window of at least the watch's interval",
            })
    void refusesThresholdsThatCannotBeJudged(String item, String part) {
        assertThat(Try.lines(Try.withThreshold(item)))
                .singleElement()
                .asString()
                .contains(part);
    }

    @Test
    void allowsAWindowAsLongAsTheInterval() {
        assertThat(Try.lines(Try.withThreshold("failedRequests: {of: a, max: 1, per: 5s}")))
                .isEmpty();
    }

    @Test
    void wantsANameForASecondThresholdOfTheSameTitle() {
        String second = "  - errorRate: {of: reviews, max: 2%, window: 30s}\n";

        assertThat(Try.lines(Try.MINIMAL + second))
                .singleElement()
                .asString()
                .isEqualTo(
                        "test.yaml:6:5: steadyState[1]: found the name 'error rate of reviews' of steadyState[0] again;"
                                + " expected a 'name' of its own");
        assertThat(Try.lines(Try.MINIMAL + second.replace("{", "{name: over half a minute, ")))
                .isEmpty();
    }
}
