package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.util.List;
import java.util.Map;

/** Short ways for tests to read experiments, whole and in part. */
final class Try {

    /** An experiment that says nothing of faults yet: these are to be added. */
    static final String WITHOUT_FAULTS =
            """
            name: minimal
            target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
            steadyState:
              - errorRate: {of: reviews, max: 1%}
            """;

    /** A whole experiment: a control run. */
    static final String MINIMAL = "controlRun: true\n" + WITHOUT_FAULTS;

    private Try() {}

    static Experiment read(String yaml) {
        return ExperimentReader.read("test.yaml", yaml, Map.of());
    }

    /** A fault, from the inside of an item of the list, where it may be as small or as slow as it likes. */
    static Fault fault(String item) {
        String patient = WITHOUT_FAULTS.replace("max: 1%", "max: 0%") + "watch: {missingData: 24h}\n";
        return read(patient + "faults: [" + item + "]").faults().get(0);
    }

    /** A threshold as the only one, from the inside of an item of the list. */
    static Threshold threshold(String item) {
        return read(withThreshold(item)).steadyState().get(0);
    }

    static String withThreshold(String item) {
        return "controlRun: true\nname: x\ntarget: {namespace: bookinfo, canary: {app: reviews}}\nsteadyState:\n  - "
                + item + "\n";
    }

    /** The minimal experiment with one more line, which may be its faults. */
    static String with(String line) {
        return (line.startsWith("faults") ? WITHOUT_FAULTS : MINIMAL) + line;
    }

    static List<Problem> problems(String yaml) {
        return problems("test.yaml", yaml, Map.of());
    }

    static List<Problem> problems(String file, String text, Map<String, String> variables) {
        InvalidExperimentException wrong = catchThrowableOfType(
                InvalidExperimentException.class, () -> ExperimentReader.read(file, text, variables));
        return wrong == null ? List.of() : wrong.problems();
    }

    static List<String> lines(String yaml) {
        return problems(yaml).stream().map(Problem::toString).toList();
    }

    static List<String> faultLines(String item) {
        return lines(WITHOUT_FAULTS + "faults:\n  - " + item + "\n");
    }
}
