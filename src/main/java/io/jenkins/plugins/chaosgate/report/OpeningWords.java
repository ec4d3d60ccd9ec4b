package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What preflight found, for the first lines of a gate's story. Gives clean text. */
final class OpeningWords {

    private static final String SEPARATOR = "  ·  ";

    private OpeningWords() {}

    /** What was looked at and is as it should be, by topic: {@code permissions, canary, 4 × query}. */
    static String inOrder(List<Finding> findings) {
        Map<String, Long> topics = findings.stream()
                .filter(finding -> finding.severity() == Severity.OK)
                .collect(Collectors.groupingBy(
                        finding -> Clean.line(finding.topic()), LinkedHashMap::new, Collectors.counting()));
        return topics.entrySet().stream()
                .map(topic -> topic.getValue() == 1 ? topic.getKey() : topic.getValue() + " × " + topic.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Whom it is about, and what is done to them: the second line of the story. */
    static String what(Experiment experiment, GateEvent.Prepared prepared) {
        String namespace = experiment.target().namespace();
        int pods = prepared.scene().canary().pods().size();
        // None: either preflight says so in an error, or the cluster did not answer.
        String size = pods == 0 ? "" : pods == 1 ? " (1 pod)" : " (" + pods + " pods)";
        String target = namespace + "  " + Labels.toSelector(experiment.target().canary()) + size;
        Stream<String> harm = experiment.isControlRun()
                ? Stream.of("control run: nothing is hurt")
                : experiment.faults().stream().map(fault -> fault.describe(namespace));
        return Clean.line(Stream.of(Stream.of(target), harm, guard(experiment, prepared))
                .flatMap(words -> words)
                .collect(Collectors.joining(SEPARATOR)));
    }

    /** What stands behind the faults; nothing is said of those that were never planned. */
    private static Stream<String> guard(Experiment experiment, GateEvent.Prepared prepared) {
        if (prepared.guard().isPresent()) {
            return Stream.of("guarded, lease "
                    + Elapsed.length(experiment.guard().lease()).replace(".0 s", " s"));
        }
        return prepared.changes().isEmpty() ? Stream.empty() : Stream.of("not guarded");
    }
}
