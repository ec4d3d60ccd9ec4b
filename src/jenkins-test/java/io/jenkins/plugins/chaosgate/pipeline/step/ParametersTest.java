package io.jenkins.plugins.chaosgate.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.pipeline.fields.Language;
import io.jenkins.plugins.chaosgate.pipeline.fields.Language.Described;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The step has the fields of the language, all and no others, and explains them as the reference does. */
class ParametersTest {

    /** What the step has beside the experiment. */
    private static final Set<String> OF_THE_STEP =
            Set.of("cluster", "file", "variables", "onViolation", "onInconclusive");

    private static final List<Class<?>> STEPS = List.of(ChaosExperimentStep.class, WithChaosExperimentStep.class);

    @Test
    void everyFieldOfTheExperimentIsAParameter() throws ClassNotFoundException {
        Set<String> expected = new TreeSet<>(Language.fields().keySet());
        expected.addAll(OF_THE_STEP);
        Set<String> written = new TreeSet<>(expected);
        written.removeAll(Set.of("faults", "controlRun", "steadyState", "overrideFault", "earlyPass"));

        for (Class<?> step : STEPS) {
            assertThat(Language.setters(step).keySet()).containsExactlyInAnyOrderElementsOf(expected);
            Language.assertChecked(step, written);
        }
    }

    @Test
    void everyFieldIsWrittenUnderItsOwnName() throws ReflectiveOperationException {
        ChaosExperimentStep step = new ChaosExperimentStep();
        for (String field : Language.fields().keySet()) {
            Object value = Set.of("faults", "steadyState").contains(field) ? List.of() : "the " + field;
            Language.setters(ChaosExperimentStep.class).get(field).invoke(step, value);
        }

        assertThat(step.fields().keySet())
                .containsExactlyInAnyOrderElementsOf(Language.fields().keySet());
        assertThat(step.fields()).allSatisfy((field, value) -> assertThat(value).isIn("the " + field, List.of()));
    }

    @Test
    void helpSaysWhatTheReferenceSays() throws IOException {
        for (Map.Entry<String, Described> field : Language.fields().entrySet()) {
            if (!field.getKey().equals("name")) { // which is made up where the step leaves it out
                Language.assertPage(
                        ExperimentStep.class,
                        "-" + field.getKey(),
                        field.getValue().help("Required without a file."));
            }
        }
        STEPS.forEach(Language::assertExplained);
    }

    @Test
    void theReferenceListsEveryParameter() throws IOException {
        String table = Files.readString(Path.of("docs/pipeline.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.joining());

        assertThat(Language.setters(ChaosExperimentStep.class).keySet())
                .allMatch(parameter -> table.contains("`" + parameter + "`"));
    }
}
