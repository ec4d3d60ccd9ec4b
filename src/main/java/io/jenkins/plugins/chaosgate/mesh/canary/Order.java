package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/**
 * One object, and what becomes of it: the body of a step, by which also another process can go on. Immutable.
 *
 * @param kind how the canary is rolled back
 * @param uid of the object as preflight saw it
 * @param more what the way itself has to know
 */
record Order(
        CanaryRollback.Kind kind,
        String uid,
        String words,
        ObjectNode more,
        List<String> commands,
        List<String> undoCommands) {

    private static final String KIND = "canaryRollback";

    Order {
        commands = List.copyOf(commands);
        undoCommands = List.copyOf(undoCommands);
    }

    CanaryStep step(String gate, ResourceType type, JsonNode object) {
        ObjectRef ref = new ObjectRef(type.apiVersion(), type.kind(), Json.namespace(object), Json.name(object));
        ObjectNode body =
                Json.object().put(KIND, kind.word()).put("words", words).put("uid", uid);
        body.set("order", more);
        commands.forEach(body.putArray("commands")::add);
        undoCommands.forEach(body.putArray("undoCommands")::add);
        Change change = new Change(gate, ref, true, body.toString(), List.of(), Change.Purpose.CANARY);
        return new CanaryStep(change, words, commands, undoCommands);
    }

    /** Reads a step back. */
    static Order of(Change change) {
        ObjectNode body = Json.parse(change.body());
        String word = body.path(KIND).asText();
        if (!change.rollsCanaryBack() || !(body.path("order") instanceof ObjectNode more)) {
            throw new IllegalArgumentException(change.object() + " is no step of rolling a canary back");
        }
        CanaryRollback.Kind kind = Stream.of(CanaryRollback.Kind.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no way to roll a canary back is called " + word));
        return new Order(
                kind,
                body.path("uid").asText(),
                body.path("words").asText(),
                more,
                texts(body.path("commands")),
                texts(body.path("undoCommands")));
    }

    private static List<String> texts(JsonNode array) {
        return Json.elements(array).map(JsonNode::asText).toList();
    }

    /** An operation of a JSON patch. */
    static ArrayNode replace(String path, JsonNode value) {
        ArrayNode patch = Json.array();
        patch.addObject().put("op", "replace").put("path", path).set("value", value);
        return patch;
    }
}
