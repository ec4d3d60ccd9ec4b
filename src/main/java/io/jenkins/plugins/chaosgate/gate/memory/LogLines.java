package io.jenkins.plugins.chaosgate.gate.memory;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentWriter;
import io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import java.io.IOException;
import java.util.Map;

/** The lines of a gate's log: the first says whose it is, each one after it holds one event. JSON without line breaks. */
final class LogLines {

    private static final int VERSION = 2;
    private static final int DEEPEST = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .addModules(new Jdk8Module(), new JavaTimeModule(), ThresholdTitles.module())
            .addMixIn(GateEvent.class, EventMixIn.class)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private LogLines() {}

    /** Whose log it is. */
    record Header(GateTicket ticket, Experiment experiment) {}

    static String header(GateTicket ticket, Experiment experiment) throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode().put("gateLog", VERSION);
        json.set("ticket", JSON.valueToTree(ticket));
        json.set("experiment", ExperimentWriter.write(experiment));
        return JSON.writeValueAsString(json);
    }

    static Header readHeader(String line) throws IOException {
        JsonNode json = JSON.readTree(line);
        JsonNode version = json.path("gateLog");
        if (!version.isInt() || version.intValue() != VERSION) {
            throw new IOException("expected the log of a gate in version " + VERSION + ", found "
                    + (version.isMissingNode() ? "something else" : "version " + version)
                    + "; read it with the Chaos Gate that wrote it");
        }
        try {
            return new Header(
                    present(JSON.treeToValue(json.path("ticket"), GateTicket.class), "ticket"),
                    ExperimentReader.read(
                            "experiment.json", json.path("experiment").toString(), Map.of()));
        } catch (InvalidExperimentException e) {
            throw new IOException(
                    "it holds an experiment that this Chaos Gate does not understand: " + e.getMessage(), e);
        }
    }

    static String event(GateEvent event) throws JsonProcessingException {
        return JSON.writerFor(GateEvent.class).writeValueAsString(event);
    }

    static GateEvent readEvent(String line, Experiment experiment) throws IOException {
        ObjectReader reader = JSON.readerFor(GateEvent.class).withAttribute(ThresholdTitles.EXPERIMENT, experiment);
        return present(reader.readValue(line), "event");
    }

    private static <T> T present(T value, String what) throws IOException {
        if (value == null) {
            throw new IOException("expected the " + what + " of a gate, found nothing");
        }
        return value;
    }
}
