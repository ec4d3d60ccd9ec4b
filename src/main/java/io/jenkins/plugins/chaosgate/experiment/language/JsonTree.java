package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON into a tree, token by token; numbers stay as they were written. */
final class JsonTree {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(TreeBuilder.DEEPEST + 1)
                    .maxStringLength(SourceText.MOST)
                    .maxNameLength(SourceText.MOST)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private JsonTree() {}

    /** The tree; null for a file without a value. */
    static Node parse(String text, Problems problems) {
        TreeBuilder tree = new TreeBuilder(problems);
        try (JsonParser parser = FACTORY.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (tree.root() != null) {
                    throw problems.fatal(
                            at(parser.currentTokenLocation()), "", "found more after the end", "one experiment a file");
                }
                take(token, parser, tree);
            }
            return tree.root();
        } catch (JsonProcessingException e) {
            throw problems.fatal(
                    at(e.getLocation()),
                    "",
                    "not JSON: " + Words.unquoted(e.getOriginalMessage()),
                    "JSON that can be read");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private static void take(JsonToken token, JsonParser parser, TreeBuilder tree) throws IOException {
        Location at = at(parser.currentTokenLocation());
        switch (token) {
            case START_OBJECT -> tree.startMap(at);
            case START_ARRAY -> tree.startList(at);
            case END_OBJECT, END_ARRAY -> tree.end();
            default -> tree.scalar(at, parser.getText(), token == JsonToken.VALUE_NULL);
        }
    }

    private static Location at(JsonLocation location) {
        return location == null ? Location.WHOLE_FILE : new Location(location.getLineNr(), location.getColumnNr());
    }
}
