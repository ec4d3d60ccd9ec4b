package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a field may hold; one description that reading, writing, the JSON Schema and the reference follow.
 *
 * @param <T> the values of the model that it stands for
 */
interface Type<T> {

    /** The value of a piece of the file; empty means that a problem is noted. */
    Optional<T> read(Node node, String path, Reading in);

    /** The value in the words of the language. */
    JsonNode write(T value);

    /** What JSON Schema says about it; definitions that are used more than once go into {@code definitions}. */
    ObjectNode schema(Definitions definitions);

    /** What should stand there, for the reader of an error. */
    String expected();
}
