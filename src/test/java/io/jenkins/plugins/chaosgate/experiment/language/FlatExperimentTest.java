package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The language in plain values, flat as the parameters of a step are. */
class FlatExperimentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Iterable<Path> examples() throws IOException {
        return Examples.files();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void meansTheSameAsAFile(Path file) throws IOException {
        Experiment experiment = Examples.read(file);
        ObjectNode written = ExperimentWriter.write(experiment);
        ObjectNode flat = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : written.properties()) {
            if (field.getValue().isObject()) {
                flat.setAll((ObjectNode) field.getValue());
            } else {
                flat.set(field.getKey(), field.getValue());
            }
        }

        assertThat(ExperimentReader.readFlat("x", JSON.convertValue(flat, new TypeReference<Map<String, Object>>() {})))
                .isEqualTo(experiment);
    }

    @Test
    void presetsWhatIsLeftOut() {
        Experiment experiment = ExperimentReader.readFlat("x", minimal());

        assertThat(experiment.watch()).isEqualTo(Watch.DEFAULT);
        assertThat(experiment.isControlRun()).isFalse();
        assertThat(experiment.target().stable()).isEmpty();
    }

    @Test
    void takesNumbersOfEveryKindForWhatTheySay() {
        Map<String, Object> values = minimal();
        values.put("canary", Map.of("app", new StringBuilder("reviews"), "version", 2, "live", true));
        values.put("overrideFault", true);
        values.put(
                "faults",
                List.of(Map.of("httpAbort", Map.of("to", "a", "status", 503L, "percentage", new BigDecimal("1.5")))));
        values.put(
                "steadyState",
                List.of(
                        Map.of("errorRate", Map.of("of", "a", "max", 0.01)),
                        Map.of("latency", Map.of("of", "a", "max", "1s", "quantile", 99.9f)),
                        Map.of("promql", Map.of("name", "p", "query", "up", "max", 1e10, "min", BigInteger.TWO))));

        Experiment experiment = ExperimentReader.readFlat("x", values);

        assertThat(experiment.target().canary())
                .containsOnly(Map.entry("app", "reviews"), Map.entry("version", "2"), Map.entry("live", "true"));
        assertThat(experiment.overrideFault()).isTrue();
        assertThat(experiment.faults()).singleElement().isInstanceOfSatisfying(HttpAbort.class, abort -> {
            assertThat(abort.status()).isEqualTo(503);
            assertThat(abort.scope().percentage().percent()).isEqualTo(1.5);
        });
        assertThat(experiment.steadyState().get(0)).isInstanceOfSatisfying(ErrorRate.class, rate -> assertThat(
                        rate.judging().bounds().max())
                .hasValue(0.01));
        assertThat(experiment.steadyState().get(1))
                .isInstanceOfSatisfying(
                        Latency.class, latency -> assertThat(latency.quantile()).isEqualTo(0.999));
        assertThat(experiment.steadyState().get(2)).isInstanceOfSatisfying(PromQl.class, query -> {
            assertThat(query.judging().bounds().max()).hasValue(10_000_000_000.0);
            assertThat(query.judging().bounds().min()).hasValue(2);
        });
    }

    @Test
    void putsTheFieldsOfTargetAndWatchWhereTheyBelong() {
        Map<String, Object> values = minimal();
        values.put("stable", Map.of("version", "v1"));
        values.put("duration", "5m");

        Experiment experiment = ExperimentReader.readFlat("x", values);

        assertThat(experiment.target().stable()).containsOnly(Map.entry("version", "v1"));
        assertThat(experiment.watch().duration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(experiment.faults().get(0).scope().to()).hasToString("ratings.bookinfo");
    }

    @Test
    void takesThePodsWithTheFieldsOfTheirMapsSideBySide() {
        Map<String, Object> values = minimal();
        Map<String, Object> errors = Map.of("errorRate", Map.of("of", "reviews", "max", "1%"));
        values.put("steadyState", List.of(errors, Map.of("pods", Map.of("maxRestarts", 2, "minReady", "50%"))));
        assertThat(ExperimentReader.readFlat("x", values).pods()).isEqualTo(new PodLimits(2, 0.5));

        values.put("steadyState", List.of(errors, Map.of("pods", Map.of("minReady", "50%"))));
        assertThat(ExperimentReader.readFlat("x", values).pods()).isEqualTo(new PodLimits(0, 0.5));

        values.put("steadyState", List.of(errors, Map.of("pods", Map.of("maxRestarts", -1))));
        assertThat(wrong("x", values).problems())
                .singleElement()
                .asString()
                .startsWith("x: steadyState[1].pods.maxRestarts: found '-1'; expected a number of restarts");
    }

    @Test
    void nothingInTheNameOfFaultsIsNoControlRun() {
        for (Object nothing : Arrays.asList(null, List.of())) {
            Map<String, Object> values = minimal();
            values.put("faults", nothing);
            assertThat(wrong("x", values).problems())
                    .singleElement()
                    .asString()
                    .isEqualTo(
                            "x: faults: found no faults; expected at least one fault, or 'controlRun: true' beside it for a"
                                    + " control run, which only watches");
            values.put("controlRun", true);
            assertThat(ExperimentReader.readFlat("x", values).isControlRun()).isTrue();
        }
    }

    @Test
    void putsNothingInForVariables() {
        Map<String, Object> values = minimal();
        values.put("name", "costs ${PRICE} or $${PRICE}");

        assertThat(ExperimentReader.readFlat("x", values).name()).isEqualTo("costs ${PRICE} or $${PRICE}");
    }

    @Test
    void saysWhatIsWrongUnderTheNamesThatWereWritten() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("canary", Map.of("app", "-"));
        values.put("durration", "5m");
        values.put("duration", 5);
        values.put("lease", null);
        values.put("faults", List.of(Map.of("httpAbort", Map.of("to", "ratings", "status", 700, "percentge", 1))));
        values.put("steadyState", List.of("errorRate"));
        values.put("target", Map.of("namespace", "x"));

        InvalidExperimentException wrong = wrong("chaosExperiment", values);

        assertThat(wrong).message().startsWith("chaosExperiment has 10 problems:");
        assertThat(wrong.problems()).allMatch(problem -> problem.line() == 0 && problem.column() == 0);
        assertThat(wrong.problems())
                .extracting(Problem::toString)
                .contains(
                        "chaosExperiment: namespace: missing field 'namespace'; expected a Kubernetes namespace: at most"
                                + " 63 lower-case letters, digits and '-'",
                        "chaosExperiment: duration: found '5'; did you mean '5s'? Expected a duration above 0, such as"
                                + " 250ms, 5s, 1m30s or 1h",
                        "chaosExperiment: lease: found nothing; expected a duration from 10s to 1h, such as 30s or 5m",
                        "chaosExperiment: name: missing field 'name'; expected a line of text of at most 200 characters",
                        "chaosExperiment: faults[0].httpAbort.status: found '700'; expected an HTTP status, a whole number"
                                + " from 200 to 599")
                .anyMatch(line ->
                        line.startsWith("chaosExperiment: canary.app: found '-'; expected a Kubernetes label's"))
                .anyMatch(line -> line.startsWith(
                        "chaosExperiment: durration: unknown field 'durration'; did you mean 'duration'? Expected one of"
                                + " name, namespace, canary, stable, mechanism,"))
                .anyMatch(line ->
                        line.startsWith("chaosExperiment: target: unknown field 'target'; expected one of name,"))
                .anyMatch(line -> line.startsWith(
                        "chaosExperiment: faults[0].httpAbort.percentge: unknown field 'percentge'; did you mean"
                                + " 'percentage'? Expected one of to,"))
                .anyMatch(line -> line.startsWith("chaosExperiment: steadyState[0]: found 'errorRate'; expected a"));
    }

    @Test
    void comparesFieldsUnderTheNamesThatWereWritten() {
        Map<String, Object> values = minimal();
        values.put("stable", Map.of("app", "reviews"));
        values.put("interval", "20s");

        assertThat(wrong("x", values).problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("stable", "interval");
    }

    @Test
    void refusesWhatIsNoPlainValue() {
        Map<String, Object> values = minimal();
        values.put("name", new Date(0));
        values.put("duration", Duration.ofSeconds(5));

        assertThat(wrong("x", values).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "x: name: found a java.util.Date; expected a text, a number, true, false, a list or a map",
                        "x: duration: found a java.time.Duration; expected a text, a number, true, false, a list or a"
                                + " map");
    }

    @Test
    void refusesNumbersThatAreNone() {
        for (Object number : List.of(Double.NaN, Float.POSITIVE_INFINITY, -1, new BigDecimal("1e999999999"), 1.5)) {
            Map<String, Object> values = minimal();
            values.put("faults", List.of(Map.of("httpAbort", Map.of("to", "a", "status", number))));

            assertThat(wrong("x", values).problems())
                    .singleElement()
                    .asString()
                    .isEqualTo("x: faults[0].httpAbort.status: found '" + number + "'; expected an HTTP status, a whole"
                            + " number from 200 to 599");
        }
    }

    @Test
    void refusesTwoKeysThatReadTheSame() {
        Map<Object, Object> labels = new LinkedHashMap<>();
        labels.put("1", "a");
        labels.put(1, "b");
        Map<String, Object> values = minimal();
        values.put("canary", labels);

        assertThat(wrong("x", values).problems())
                .singleElement()
                .asString()
                .isEqualTo("x: canary.1: found '1' a second time; expected each field once");
    }

    @Test
    void cannotBeMadeToFillTheMemory() {
        Map<String, Object> inItself = minimal();
        inItself.put("faults", inItself);
        List<Object> wide = new ArrayList<>();
        for (int level = 0; level < 15; level++) {
            wide = new ArrayList<>(Collections.nCopies(10, wide));
        }
        Map<String, Object> wideAndDeep = minimal();
        wideAndDeep.put("faults", wide);
        Map<String, Object> longTexts = minimal();
        longTexts.put("faults", Collections.nCopies(1000, "x".repeat(2000)));
        List<Object> deepList = new ArrayList<>();
        deepList.add(deepList);
        Map<String, Object> deepLists = minimal();
        deepLists.put("faults", deepList);

        assertThat(wrong("x", inItself)).message().contains("found more than 20 levels of nesting");
        assertThat(wrong("x", deepLists)).message().contains("found more than 20 levels of nesting");
        assertThat(wrong("x", wideAndDeep)).message().contains("found more than 20000 values");
        assertThat(wrong("x", longTexts)).message().contains("found more than 1 MiB of text");
    }

    private static InvalidExperimentException wrong(String source, Map<String, Object> values) {
        return catchThrowableOfType(InvalidExperimentException.class, () -> ExperimentReader.readFlat(source, values));
    }

    private static Map<String, Object> minimal() {
        return new HashMap<>(Map.of(
                "name",
                "minimal",
                "faults",
                List.of(Map.of("httpAbort", Map.of("to", "ratings", "status", 500))),
                "namespace",
                "bookinfo",
                "canary",
                Map.of("app", "reviews", "version", "v2"),
                "steadyState",
                List.of(Map.of("errorRate", Map.of("of", "reviews", "max", "1%")))));
    }
}
