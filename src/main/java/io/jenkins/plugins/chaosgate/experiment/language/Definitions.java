package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of a JSON Schema, each described once. */
final class Definitions {

    private final SortedMap<String, ObjectNode> byName = new TreeMap<>();

    /** A reference to the part of that name, which is described now if nobody did so before. */
    ObjectNode reference(String name, Supplier<ObjectNode> part) {
        if (!byName.containsKey(name)) {
            byName.put(name, part.get());
        }
        return Json.object().put("$ref", "#/$defs/" + name);
    }

    /** All parts, in alphabetical order. */
    ObjectNode all() {
        ObjectNode all = Json.object();
        byName.forEach(all::set);
        return all;
    }
}
