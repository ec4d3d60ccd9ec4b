package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about wrong files: where, what was found, what was expected, what was probably meant. */
class ProblemsTest {

    @Test
    void saysEverythingAtOnceInTheOrderOfTheFile() {
        assertThat(
                        Try.lines(
                                """
                        nam: x
                        duration: 5m
                        target:
                          namespace: Book_info
                        faults:
                          - httpAbort: {to: ratings, status: 700, percentge: 100}
                          - httpDelay: {to: details, delay: 2}
                        steadyState:
                          - errorRate: {of: reviews}
                          - promql: {query: up, max: many}
                        watch: {interval: 50ms, recovery: 0s}
                        """))
                .containsExactly(
                        "test.yaml:1:1: nam: unknown field 'nam'; did you mean 'name'? Expected one of name, target,"
                                + " mechanism, overrideFault, guard, lease, whenBusy, busyLimit, faults, controlRun, steadyState, watch,"
                                + " canaryRollback, canaryRollbackOn",
                        "test.yaml:2:1: duration: unknown field 'duration'; did you mean 'watch.duration'? Expected one of"
                                + " name, target, mechanism, overrideFault, guard, lease, whenBusy, busyLimit, faults, controlRun, steadyState, watch,"
                                + " canaryRollback, canaryRollbackOn",
                        "test.yaml:4:3: target.canary: missing field 'canary'; expected a map of at least one Kubernetes"
                                + " label, such as {app: reviews, version: v2}",
                        "test.yaml:4:14: target.namespace: found 'Book_info'; did you mean 'book-info'? Expected a"
                                + " Kubernetes namespace: at most 63 lower-case letters, digits and '-'",
                        "test.yaml:6:38: faults[0].httpAbort.status: found '700'; expected an HTTP status, a whole number"
                                + " from 200 to 599",
                        "test.yaml:6:43: faults[0].httpAbort.percentge: unknown field 'percentge'; did you mean"
                                + " 'percentage'? Expected one of to, status, percentage, from, port, headers, maxActive",
                        "test.yaml:7:37: faults[1].httpDelay.delay: found '2'; did you mean '2s'? Expected a duration above"
                                + " 0, such as 250ms, 5s, 1m30s or 1h",
                        "test.yaml:9:16: steadyState[0].errorRate: a threshold without a limit; expected at least one of"
                                + " max, min, maxRatio",
                        "test.yaml:10:13: steadyState[1].promql.name: missing field 'name'; expected a line of text of at"
                                + " most 200 characters",
                        "test.yaml:10:30: steadyState[1].promql.max: found 'many'; expected a number without a unit, such"
                                + " as 100, -2.5 or 1e6",
                        "test.yaml:11:19: watch.interval: found '50ms'; expected a duration of at least 100ms, such as 1s"
                                + " or 5s",
                        "test.yaml:11:35: watch.recovery: found '0s'; expected a duration above 0, such as 250ms, 5s, 1m30s"
                                + " or 1h");
    }

    @Test
    void givesThePartsOfAProblem() {
        assertThat(Try.problems(Try.WITHOUT_FAULTS + "faults: [httpAbrt: {}]"))
                .containsExactly(new Problem(
                        "test.yaml",
                        5,
                        10,
                        "faults[0].httpAbrt",
                        "unknown fault 'httpAbrt'",
                        "one of httpAbort, grpcAbort, httpDelay, bandwidthLimit",
                        "httpAbort"));
    }

    @Test
    void carriesAllProblemsInTheMessageOfTheException() {
        assertThatThrownBy(() -> Try.read("name: [x]\ntarget: 5"))
                .isInstanceOf(InvalidExperimentException.class)
                .message()
                .startsWith("test.yaml has 4 problems:")
                .contains(
                        "test.yaml:1:1: steadyState: missing field 'steadyState'; expected a list of thresholds, at least 1")
                .contains("test.yaml:1:7: name: found a list; expected a line of text of at most 200 characters")
                .contains("test.yaml:2:9: target: found '5'; expected a map with the fields namespace, canary, stable");
    }

    @Test
    void placesProblemsInJson() {
        String json =
                """
                {"name": "x",
                 "target": {"namespace": "bookinfo", "canary": {"app": "reviews"}},
                 "faults": [{"httpAbort": {"to": "ratings", "status": 5000}}],
                 "steadyState": [{"errorRate": {"of": "reviews", "max": 1}}], "wtch": {}}
                """;

        assertThat(Try.problems("x.json", json, Map.of()))
                .extracting(Problem::line, Problem::column, Problem::field)
                .containsExactly(
                        tuple(3, 55, "faults[0].httpAbort.status"),
                        tuple(4, 57, "steadyState[0].errorRate.max"),
                        tuple(4, 63, "wtch"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "httpAbort                      | faults[0]: found 'httpAbort'; expected a fault: a map with exactly one of",
                "{}                             | faults[0]: found an empty map; expected a fault: a map with exactly one of",
                "httpAbort: {to: a}             | faults[0].httpAbort.status: missing field 'status'; expected an HTTP",
                "delay: {to: a}                 | faults[0].delay: unknown fault 'delay'; did you mean 'httpDelay'?",
                "http_delay: {to: a}            | unknown fault 'http_delay'; did you mean 'httpDelay'?",
                "httpAbort: []                  | faults[0].httpAbort: found an empty list; expected a map with the fields to,",
                "httpAbort:                     | faults[0].httpAbort: found nothing; expected a map with the fields to,",
                "httpAbort: {to: , status: 500} | faults[0].httpAbort.to: found nothing; expected a service, such as",
                "httpAbort: {to: a:80, status: 500} | found 'a:80'; did you mean 'a'? Expected a service without its port",
                "httpAbort: {to: Ratings, status: 500} | found 'Ratings'; did you mean 'ratings'? Expected a service",
                "httpAbort: {to: a.b.com, status: 500} | found 'a.b.com'; expected a service, such as ratings or",
                "httpAbort: {to: a, status: 500, from: {}} | httpAbort.from: found an empty map; expected a map of at least one",
                "httpAbort: {to: a, status: 500, headers: {'a b': c}} | headers['a b']: found 'a b'; did you mean 'a-b'?",
                "httpAbort: {to: a, status: 500, headers: {a: ''}} | headers.a: found ''; expected an HTTP header's exact",
                "httpAbort: {to: a, status: 500, headers: {A: b, a: c}} | headers.a: found 'a' a second time; expected it",
                "httpAbort: {to: a, status: 500, from: {a: -b}} | from.a: found '-b'; expected a Kubernetes label's value",
                "httpAbort: {to: a, status: 500, from: {a_: b}} | from.a_: found 'a_'; expected a Kubernetes label's name",
            })
    void explainsWrongFaults(String item, String part) {
        assertThat(Try.faultLines(item)).singleElement().asString().contains(part);
    }

    @Test
    void explainsFieldsThatAreNotIndented() {
        assertThat(Try.lines(Try.WITHOUT_FAULTS + "faults:\n  - httpAbort:\n    to: ratings\n    status: 500\n"))
                .singleElement()
                .asString()
                .contains(
                        ":6:5: faults[0].httpAbort: found nothing under 'httpAbort' but fields beside it; expected its"
                                + " fields below it");
    }

    @Test
    void wantsOneKindAnItemAndLooksIntoEach() {
        assertThat(Try.faultLines("{httpAbort: {to: a, status: 1}, httpDelay: {to: a, delay: 1s}, what: {}}"))
                .hasSize(3)
                .anyMatch(line -> line.contains("faults[0]: found 3 fields in one fault; expected exactly one of"))
                .anyMatch(line -> line.contains("faults[0].httpAbort.status: found '1'"))
                .anyMatch(line -> line.contains("unknown fault 'what'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "faults: {httpAbort: {}}  | faults: found a map; expected a list of faults",
                "faults: none             | faults: found 'none'; expected a list of faults",
                "faults: [{}]             | faults[0]: found an empty map; expected a fault: a map with exactly one of",
                "mechanism: envoyfilter   | found 'envoyfilter'; did you mean 'envoyFilter'? Expected one of envoyFilter,",
                "overrideFault: yes       | overrideFault: found 'yes'; expected one of true, false",
                "overrideFault: True      | overrideFault: found 'True'; did you mean 'true'? Expected one of true, false",
                "canaryRollback: undo     | canaryRollback: found 'undo'; did you mean 'undoDeployment'? Expected one of none,",
                "canaryRollback: routeToStable | canaryRollback: routeToStable without the labels of the stable version; expected labels in target.stable",
                "canaryRollbackOn: notPassed | canaryRollbackOn: notPassed where nothing is rolled back; expected a canaryRollback beside it",
                "canaryRollbackOn: aborted | canaryRollbackOn: found 'aborted'; expected one of violated, notPassed",
                "guard: nothing           | guard: found 'nothing'; expected one of job, none",
                "lease: 9s999ms           | lease: found '9s999ms'; expected a duration from 10s to 1h, such as 30s or 5m",
                "lease: 1h1ms             | lease: found '1h1ms'; expected a duration from 10s to 1h, such as 30s or 5m",
                "lease: 25h               | lease: found '25h'; expected a duration from 10s to 1h, such as 30s or 5m",
                "watch: {intervall: 1s}   | watch.intervall: unknown field 'intervall'; did you mean 'interval'?",
                "namespace: x             | unknown field 'namespace'; did you mean 'target.namespace'?",
                "steady_state: []         | unknown field 'steady_state'; did you mean 'steadyState'?",
                "zzzzzz: 1                | zzzzzz: unknown field 'zzzzzz'; expected one of name, target,",
                "'<<': {a: b}             | ['<<']: unknown field '<<'; expected one of",
            })
    void explainsWrongFields(String line, String part) {
        assertThat(Try.lines(Try.with(line))).singleElement().asString().contains(part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "watch: {interval: 90s} | warmup of 10s is shorter than the interval of 1m30s; expected an interval that",
                "watch: {interval: 90s} | duration of 1m is shorter than the interval of 1m30s; expected an interval that",
                "watch: {interval: 90s} | recovery of 30s is shorter than the interval of 1m30s; expected an interval",
                "watch: {interval: 90s} | missingData of 30s is shorter than the interval of 1m30s; expected an interval",
                "watch: {duration: 4s}  | watch.duration: duration of 4s is shorter than the interval of 5s; expected an",
                "watch: {interval: 7s, warmup: 6s} | watch.warmup: warmup of 6s is shorter than the interval of 7s",
            })
    void wantsAnIntervalThatFits(String line, String part) {
        assertThat(Try.lines(Try.with(line))).anyMatch(problem -> problem.contains(part));
    }

    @Test
    void allowsAnIntervalAsLongAsTheRest() {
        assertThat(Try.lines(
                        Try.MINIMAL + "watch: {warmup: 5s, duration: 5s, interval: 5s, recovery: 5s, missingData: 5s}"))
                .isEmpty();
    }

    @Test
    void allowsTrafficToGoToAStableVersionThatIsKnown() {
        String yaml = Try.MINIMAL.replace("version: v2}", "version: v2}, stable: {app: reviews, version: v1}");

        assertThat(Try.lines(yaml + "canaryRollback: routeToStable\ncanaryRollbackOn: notPassed"))
                .isEmpty();
    }

    @Test
    void refusesAStableVersionThatIsTheCanaryToo() {
        String yaml = Try.MINIMAL.replace("version: v2}", "version: v2}, stable: {app: reviews}");

        assertThat(Try.lines(yaml))
                .singleElement()
                .asString()
                .contains("target.stable: labels that select the canary too; expected labels that only the stable");
    }

    @Test
    void showsNoUserAndNoPassword() {
        for (String url : List.of("http://me:hunter2@checks/x", "ftp://me:hunter2@checks", "http:me:hunter2@ checks")) {
            assertThat(Try.lines(Try.withThreshold("webhook: {name: a, url: '" + url + "'}")))
                    .singleElement()
                    .asString()
                    .contains("steadyState[0].webhook.url: found '…@")
                    .doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource({"checks/x", "ftp://checks/x", "/checks", "http:///x", "mailto:a", "http://", "'http://a b'"})
    void refusesOtherAddresses(String url) {
        assertThat(Try.lines(Try.withThreshold("webhook: {name: a, url: '" + url + "'}")))
                .singleElement()
                .asString()
                .contains("found '" + url + "'; expected an http or https address, such as http://checks/checkout");
    }

    @Test
    void quotesNothingThatCouldDisturbATerminal() {
        String long200 = "x".repeat(200);
        assertThat(Try.lines("\"\\e[31m\\u202e\": 1\n" + long200 + ": 2\n" + Try.MINIMAL))
                .hasSize(2)
                .anyMatch(line -> line.contains("unknown field '\\u001b[31m\\u202e'"))
                .anyMatch(line -> line.contains("'" + "x".repeat(80) + "…'"))
                .noneMatch(line -> line.contains("\u001b") || line.contains(long200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "\"a\\nb\"", "\"a\\e[1mb\"", "\"a\\u202eb\""})
    void refusesNamesThatAreNoLineOfText(String name) {
        assertThat(Try.lines(Try.MINIMAL.replace("name: minimal", "name: " + name)))
                .singleElement()
                .asString()
                .contains("name: found '")
                .contains("expected a line of text of at most 200 characters");
    }

    @Test
    void limitsTheLengthOfAName() {
        assertThat(Try.read(Try.MINIMAL.replace("minimal", "x".repeat(200))).name())
                .hasSize(200);
        assertThat(Try.lines(Try.MINIMAL.replace("minimal", "x".repeat(201)))).hasSize(1);
    }

    @Test
    void takesAFileForAnExperimentOnlyIfItIsAMap() {
        assertThat(Try.lines("- a"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:1:1: found a list; expected a map");
        assertThat(Try.lines("steadyState: []"))
                .anyMatch(line ->
                        line.contains("steadyState: found an empty list; expected a list of thresholds, at least 1"));
        assertThat(Try.lines("")).singleElement().asString().startsWith("test.yaml: found nothing; expected a map");
        assertThat(Try.lines("# only\n")).singleElement().asString().startsWith("test.yaml: found nothing; expected a");
        assertThat(Try.problems("x.json", " ", Map.of()))
                .singleElement()
                .asString()
                .startsWith("x.json: found nothing");
    }
}
