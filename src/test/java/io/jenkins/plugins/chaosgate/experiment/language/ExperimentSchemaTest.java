package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schema is published, is a schema, and agrees with the reader. */
class ExperimentSchemaTest {

    private static final Path PUBLISHED = Path.of("docs/experiment.schema.json");
    private static final String AGAIN = "chaosgate.publish";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final JsonSchema SCHEMA = FACTORY.getSchema(ExperimentSchema.generate());

    static Iterable<Path> examples() throws IOException {
        return Examples.files();
    }

    @Test
    void isPublishedAsItIs() throws IOException {
        String generated = ExperimentSchema.generate().toPrettyString() + "\n";
        if (Boolean.getBoolean(AGAIN)) {
            Files.writeString(PUBLISHED, generated);
        }

        assertThat(JSON.readTree(PUBLISHED.toFile()))
                .as("%s is out of date: mvn test -Dtest=ExperimentSchemaTest -D%s=true writes it", PUBLISHED, AGAIN)
                .isEqualTo(JSON.readTree(generated));
    }

    @Test
    void isASchema() {
        JsonSchema meta = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));

        assertThat(meta.validate(ExperimentSchema.generate())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holdsForEveryExample(Path file) throws IOException {
        assertThat(violations(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holdsForWhatIsWritten(Path file) throws IOException {
        assertThat(SCHEMA.validate(ExperimentWriter.write(Examples.read(file)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "faults: [httpAbort: {to: ratings, status: 503, percentage: 12.5 %}]",
                "faults: [httpAbort: {to: ratings.other.svc.cluster.local, status: '${STATUS}'}]",
                "faults: [httpAbort: {to: ratings, status: '503', headers: {X-A: 1, b: true}}]",
                "faults: [httpDelay: {to: ratings, delay: 0h0m3s4ms, from: {app.kubernetes.io/name: a}}]",
                "faults: [grpcAbort: {to: ratings, status: 14}]",
                "faults: [bandwidthLimit: {to: ratings, limit: 1024kB/s}]",
                "overrideFault: 'true'",
                "watch: {interval: '${I}'}",
            })
    void allowsWhatTheReaderAllows(String line) {
        assertThat(violations(Try.with(line))).isEmpty();
        if (!line.contains("${")) {
            assertThat(Try.lines(Try.with(line))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fault: []",
                "faults: {}",
                "faults:",
                "faults: [{}]",
                "faults: [httpAbort: {to: a}]",
                "faults: [httpAbort: {to: a, status: 600}]",
                "faults: [httpAbort: {to: a, status: many}]",
                "faults: [httpAbort: {to: A, status: 500}]",
                "faults: [httpAbort: {to: a, status: 500, port: 70000}]",
                "faults: [httpAbort: {to: a, status: 500, percentge: 1}]",
                "faults: [httpAbort: {to: a, status: 500, percentage: 0}]",
                "faults: [httpAbort: {to: a, status: 500, percentage: 0.00%}]",
                "faults: [httpAbort: {to: a, status: 500, percentage: 101%}]",
                "faults: [httpAbort: {to: a, status: 500, from: {}}]",
                "faults: [httpAbort: {to: a, status: 500, headers: {'a b': c}}]",
                "faults: [{httpAbort: {to: a, status: 500}, httpDelay: {to: a, delay: 1s}}]",
                "faults: [httpDelay: {to: a, delay: 5}]",
                "faults: [httpDelay: {to: a, delay: 0s}]",
                "faults: [httpDelay: {to: a, delay: 1.5s}]",
                "faults: [grpcAbort: {to: a, status: OK}]",
                "faults: [grpcAbort: {to: a, status: 17}]",
                "faults: [bandwidthLimit: {to: a, limit: 64}]",
                "faults: [bandwidthLimit: {to: a, limit: 0KiB/s}]",
                "mechanism: envoyfilter",
                "overrideFault: 1",
                "watch: {intervall: 1s}",
                "watch: {interval: 5}",
            })
    void refusesWhatTheReaderRefuses(String line) {
        assertThat(violations(Try.with(line))).isNotEmpty();
        assertThat(Try.lines(Try.with(line))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errorRate: {of: a}",
                "errorRate: {max: 1%}",
                "errorRate: {of: a, max: 1}",
                "errorRate: {of: a, max: 101%}",
                "errorRate: {of: a, max: 1%, compareTo: stable}",
                "errorRate: {of: a, maxRatio: 2}",
                "errorRate: {of: a, compareTo: stable, maxRatio: 0}",
                "errorRate: {of: a, max: 1%, arm: both}",
                "failedRequests: {of: a, max: -1}",
                "failedRequests: {of: a, max: 1, allowedBreaches: 0.5}",
                "latency: {of: a, max: 1s}",
                "latency: {of: a, max: 1s, quantile: 0.99}",
                "latency: {of: a, max: 1s, quantile: 100}",
                "throughput: {of: a, min: 5}",
                "promql: {query: up, max: 1}",
                "promql: {name: a, query: up}",
                "promql: {name: a, query: up, max: many}",
                "webhook: {name: a, url: 'http://me:pw@a'}",
                "webhook: {name: a, url: 'ftp://a'}",
                "webhook: {url: 'http://a'}",
            })
    void refusesThresholdsThatTheReaderRefuses(String item) {
        assertThat(violations(Try.withThreshold(item))).isNotEmpty();
        assertThat(Try.lines(Try.withThreshold(item))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "target", "steadyState"})
    void wantsWhatTheReaderWants(String field) {
        String without = Try.MINIMAL.replace("\n" + field + ":", "\nother:").replaceFirst("^" + field + ":", "other:");

        assertThat(violations(without)).anyMatch(message -> message.getMessage().contains("'" + field + "'"));
    }

    /** As an editor does: with the types that YAML gives to scalars. */
    private static Set<ValidationMessage> violations(String yaml) {
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        JsonNode tree = JSON.valueToTree(loaded);
        return SCHEMA.validate(tree);
    }
}
