package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What variables can do, and what they cannot. */
class VariablesTest {

    @Test
    void putsValuesIntoScalarsOfEveryType() {
        String yaml = Try.WITHOUT_FAULTS.replace("minimal", "run ${NO} of ${NO}, ${WHO}")
                + "faults: [httpDelay: {to: '${SERVICE}', delay: '${N}s', percentage: '${P}'}]\n"
                + "overrideFault: ${YES}\n";
        var experiment = ExperimentReader.read(
                "x.yaml",
                yaml,
                Map.of("NO", "7", "WHO", "me", "SERVICE", "details.other", "N", "3", "P", "12%", "YES", "true"));

        assertThat(experiment.name()).isEqualTo("run 7 of 7, me");
        assertThat(experiment.overrideFault()).isTrue();
        assertThat(experiment.faults()).singleElement().isInstanceOfSatisfying(HttpDelay.class, delay -> {
            assertThat(delay.delay()).isEqualTo(Duration.ofSeconds(3));
            assertThat(delay.scope().to().namespace()).isEqualTo("other");
            assertThat(delay.scope().percentage().percent()).isEqualTo(12);
        });
    }

    @Test
    void putsTheNamespaceIntoServiceNames() {
        String yaml = Try.WITHOUT_FAULTS.replace("bookinfo", "'${NS}'") + "faults: [httpAbort: {to: a, status: 500}]";

        assertThat(ExperimentReader.read("x.yaml", yaml, Map.of("NS", "shop"))
                        .faults()
                        .get(0)
                        .scope()
                        .to())
                .hasToString("a.shop");
    }

    @ParameterizedTest
    @CsvSource({"x\": 1,'x\": 1'", "'x\nfaults: []','x\\u000afaults: []'", "'{a: b}','{a: b}'", "'- a','- a'"})
    void canNeverChangeTheStructure(String value, String shown) {
        List<Problem> problems = Try.problems("x.yaml", Try.MINIMAL + "mechanism: ${HOW}\n", Map.of("HOW", value));

        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("found '" + shown + "'; expected one of envoyFilter, virtualService");
    }

    @ParameterizedTest
    @CsvSource({
        "$${A},${A}",
        "a $${A} b,a ${A} b",
        "$$${A},$${A}",
        "$,$",
        "$$,$$",
        "$A,$A",
        "{A},{A}",
        "${A}$${A}${A},1${A}1",
        "${A}${A},11"
    })
    void escapes(String written, String name) {
        Map<String, String> variables = name.contains("1") ? Map.of("A", "1") : Map.of();

        assertThat(ExperimentReader.read("x.yaml", Try.MINIMAL.replace("minimal", "'" + written + "'"), variables)
                        .name())
                .isEqualTo(name);
    }

    @Test
    void doesNotLookForVariablesInValues() {
        assertThat(ExperimentReader.read(
                                "x.yaml", Try.MINIMAL.replace("minimal", "${A}"), Map.of("A", "${B} $${C} ${A}"))
                        .name())
                .isEqualTo("${B} $${C} ${A}");
    }

    @Test
    void reportsUndefinedOnesOnceEachAndUnusedOnes() {
        String yaml =
                Try.WITHOUT_FAULTS.replace("1%", "'${MAX_RATE}'").replace("minimal", "${WHO}") + "faults: '${FAULTS}'";

        assertThat(Try.problems("x.yaml", yaml, Map.of("MAXRATE", "1%", "OTHER", "1")))
                .extracting(Problem::toString)
                .containsExactly(
                        "x.yaml:1:7: name: variable 'WHO' has no value; expected one of the variables that are given:"
                                + " MAXRATE, OTHER",
                        "x.yaml:4:35: steadyState[0].errorRate.max: variable 'MAX_RATE' has no value; did you mean"
                                + " 'MAXRATE'? Expected one of the variables that are given: MAXRATE, OTHER",
                        "x.yaml:5:9: faults: variable 'FAULTS' has no value; expected one of the variables that are given:"
                                + " MAXRATE, OTHER",
                        "x.yaml: variable 'MAXRATE' is given, but the file never uses it; did you mean 'MAX_RATE'?"
                                + " Expected only variables that the file uses",
                        "x.yaml: variable 'OTHER' is given, but the file never uses it; expected only variables that the"
                                + " file uses");
    }

    @ParameterizedTest
    @CsvSource({"'${A'", "'${}'", "'${A B}'", "'${1}'", "'${A-B}'", "'x ${'"})
    void refusesNamesThatAreNone(String written) {
        assertThat(Try.lines(Try.MINIMAL.replace("minimal", "'" + written + "'")))
                .singleElement()
                .asString()
                .startsWith("test.yaml:2:7: name: found '${")
                .endsWith("expected ${NAME} with letters, digits and '_', or $${ for a literal ${");
    }

    @Test
    void areNotReadInTheNamesOfFields() {
        assertThat(Try.problems("x.yaml", Try.MINIMAL + "'${A}': 1", Map.of("A", "faults")))
                .extracting(Problem::message)
                .hasSize(2)
                .anyMatch(message -> message.startsWith("unknown field '${A}'"))
                .anyMatch(message -> message.startsWith("variable 'A' is given, but the file never uses it"));
    }

    @Test
    void cannotFillTheMemory() {
        String yaml = Try.MINIMAL + "x: ['" + "${A}".repeat(10_000) + "']";

        assertThat(Try.problems("x.yaml", yaml, Map.of("A", "a".repeat(100_000))))
                .singleElement()
                .extracting(Problem::toString)
                .isEqualTo("x.yaml:6:5: x[0]: found more than 1 MiB from variables; expected shorter values");
    }

    @Test
    void saysThatBracesNeedQuotes() {
        assertThat(Try.lines(Try.MINIMAL.replace("1%", "${A}, arm: all")))
                .singleElement()
                .asString()
                .contains("test.yaml:5:")
                .contains("(a ${VARIABLE} inside braces or brackets needs quotes)");
    }
}
