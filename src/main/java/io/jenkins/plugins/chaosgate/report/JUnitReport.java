package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.gate.PodState;
import io.jenkins.plugins.chaosgate.report.ThresholdResult.State;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A gate as JUnit XML, for everything that shows test results: a suite for the gate, a case for each threshold, and one
 * for the canary's pods where there are any. A case
 * passes only where the gate could judge and the threshold held; a violated one is a failure; in a gate that ended in any
 * other way than PASSED or VIOLATED every case is an error; a threshold that was not seen before another one ended the
 * gate is skipped.
 */
public final class JUnitReport {

    private enum Outcome {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    /**
     * What a case is about.
     *
     * @param summary what it showed, on one line
     */
    private record Subject(String title, State state, String summary) {}

    private JUnitReport() {}

    /** The whole document. */
    public static String of(GateSnapshot gate) {
        List<Subject> subjects = subjects(gate);
        List<Outcome> outcomes = outcomes(gate, subjects);
        Instant begin = gate.ticket().since();
        String reason = reason(gate);
        Markup xml = new Markup().raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.open(
                        "testsuite",
                        "name",
                        gate.experiment().name(),
                        "tests",
                        outcomes.size(),
                        "failures",
                        count(outcomes, Outcome.FAILURE),
                        "errors",
                        count(outcomes, Outcome.ERROR),
                        "skipped",
                        count(outcomes, Outcome.SKIPPED),
                        "time",
                        seconds(Duration.between(begin, Times.lastKnown(gate))),
                        "timestamp",
                        begin.toString())
                .line();
        properties(xml, gate);
        for (int i = 0; i < outcomes.size(); i++) {
            testCase(xml, gate, subjects.get(i), outcomes.get(i), reason);
        }
        xml.leaf("system-out", verdict(gate) + ": " + reason).line();
        return xml.close().line().toString();
    }

    private static List<Subject> subjects(GateSnapshot gate) {
        return Stream.concat(
                        gate.thresholds().stream().map(record -> subject(record, gate)),
                        PodsResult.of(gate)
                                .map(pods -> new Subject(
                                        PodState.TITLE,
                                        pods.state(),
                                        PodState.TITLE + ": limit " + pods.limit() + ". " + pods.words()))
                                .stream())
                .toList();
    }

    private static Subject subject(ThresholdRecord record, GateSnapshot gate) {
        ThresholdResult result = ThresholdResult.of(record, gate);
        return new Subject(record.threshold().title(), result.state(), summary(record.threshold(), result));
    }

    private static List<Outcome> outcomes(GateSnapshot gate, List<Subject> subjects) {
        List<State> states = subjects.stream().map(Subject::state).toList();
        boolean passed = gate.verdict().map(Verdict::isPassed).orElse(false);
        boolean violated = gate.verdict()
                .map(verdict -> verdict.kind() == Verdict.Kind.VIOLATED)
                .orElse(false);
        // A violation that no threshold shows must not vanish among cases that look fine.
        boolean unexplained = violated && !states.contains(State.VIOLATED);
        return states.stream()
                .map(state -> {
                    if (!passed && !violated) {
                        return Outcome.ERROR;
                    }
                    return switch (state) {
                        case VIOLATED -> Outcome.FAILURE;
                        case HELD -> unexplained ? Outcome.FAILURE : Outcome.PASSED;
                        case NOT_JUDGED -> unexplained ? Outcome.FAILURE : Outcome.SKIPPED;
                    };
                })
                .toList();
    }

    private static void properties(Markup xml, GateSnapshot gate) {
        xml.open("properties");
        Stream.of(
                        new String[] {"gate", gate.ticket().id()},
                        new String[] {"origin", gate.ticket().origin()},
                        new String[] {"verdict", verdict(gate)})
                .forEach(property -> xml.empty("property", "name", property[0], "value", property[1]));
        xml.close().line();
    }

    private static void testCase(Markup xml, GateSnapshot gate, Subject subject, Outcome outcome, String reason) {
        String summary = subject.summary();
        xml.open("testcase", "classname", gate.experiment().name(), "name", subject.title(), "time", "0");
        switch (outcome) {
            case PASSED -> {}
            case FAILURE -> xml.leaf("failure", reason + "\n" + summary, "message", summary, "type", "VIOLATED");
            case ERROR -> xml.leaf("error", reason + "\n" + summary, "message", reason, "type", verdict(gate));
            case SKIPPED -> xml.empty("skipped", "message", "not seen under the fault");
        }
        if (outcome == Outcome.PASSED) {
            xml.leaf("system-out", summary);
        }
        xml.close().line();
    }

    private static String summary(Threshold threshold, ThresholdResult result) {
        String worst = result.worst()
                .map(seen -> "worst " + Limits.words(threshold, seen) + ", ")
                .orElse("");
        return threshold.title() + ": " + worst + "limit " + Limits.words(threshold) + "; " + result.observed()
                + " observations under the fault, " + result.breaches() + " broke the limit, " + result.missing()
                + " looks without data";
    }

    private static String verdict(GateSnapshot gate) {
        return gate.verdict().map(verdict -> verdict.kind().name()).orElse("RUNNING");
    }

    private static String reason(GateSnapshot gate) {
        return gate.verdict().map(Verdict::reason).orElse("the gate is still running");
    }

    private static long count(List<Outcome> outcomes, Outcome outcome) {
        return outcomes.stream().filter(one -> one == outcome).count();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
