package io.jenkins.plugins.chaosgate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.CanaryRecord;
import java.time.Instant;
import java.util.Optional;

/** The part of the JSON report that tells what was done to the canary itself. */
final class JsonCanary {

    private JsonCanary() {}

    /** Empty where it is left as it is. */
    static Optional<ObjectNode> of(GateSnapshot gate) {
        if (!gate.experiment().canaryRollback().isAsked()) {
            return Optional.empty();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", gate.experiment().canaryRollback().kind().word());
        node.put("on", gate.experiment().canaryRollback().on().word());
        ArrayNode steps = node.putArray("steps");
        gate.canary().forEach(record -> steps.add(step(record)));
        return Optional.of(node);
    }

    private static ObjectNode step(CanaryRecord record) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        boolean isOver = record.overAt().isPresent();
        node.put("text", record.step().words());
        node.set("object", JsonReport.object(record.step().change().object()));
        node.put("overAt", record.overAt().map(Instant::toString).orElse(null));
        node.put("done", isOver ? record.back() : null);
        node.put("detail", isOver ? record.words() : null);
        record.step().commands().forEach(node.putArray("commands")::add);
        record.step().undoCommands().forEach(node.putArray("undoCommands")::add);
        return node;
    }
}
