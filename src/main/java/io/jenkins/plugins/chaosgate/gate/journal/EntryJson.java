package io.jenkins.plugins.chaosgate.gate.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.io.IOException;

/** An entry of the journal as JSON and back; the same format for every controller. */
final class EntryJson {

    private static final int VERSION = 1;
    private static final String FORMAT = "journalEntry";
    private static final int DEEPEST = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private EntryJson() {}

    static byte[] write(JournalEntry entry) throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode().put(FORMAT, VERSION);
        json.setAll((ObjectNode) JSON.valueToTree(entry));
        return JSON.writeValueAsBytes(json);
    }

    /** Reads an entry; what is not one, in whatever way, is an {@link IOException} that says why. */
    static JournalEntry read(byte[] bytes) throws IOException {
        try {
            return parse(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("not a journal entry: " + e.getOriginalMessage(), e);
        }
    }

    private static JournalEntry parse(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        JsonNode version = json.path(FORMAT);
        if (!version.isInt() || version.intValue() != VERSION) {
            throw new IOException("expected a journal entry of version " + VERSION + ", found "
                    + (version.isMissingNode() ? "something else" : "version " + version));
        }
        ObjectNode entry = ((ObjectNode) json).without(FORMAT);
        // What was written by an earlier version has neither.
        if (!entry.has("identity")) {
            entry.put("identity", "");
        }
        if (!entry.has("answered")) {
            entry.put("answered", false);
        }
        return JSON.treeToValue(entry, JournalEntry.class);
    }
}
