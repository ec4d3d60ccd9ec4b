package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.stream.IntStream;

/** The weights of one list of destinations, and what they are once the canary gets nothing. Pure functions. */
final class Weights {

    private static final String WEIGHT = "weight";

    private Weights() {}

    /** What is to be done with one list. */
    enum Case {
        /** The canary gets nothing already. */
        NOTHING,
        /** The stable version takes what the canary gets. */
        SHIFT,
        /** The canary gets some, and no destination is the stable version's. */
        NO_STABLE
    }

    static Case of(List<Ends.Whose> whose, JsonNode list, long unsaid) {
        boolean used = indexes(whose, Ends.Whose.CANARY).anyMatch(i -> weight(list, i, unsaid) > 0);
        return !used ? Case.NOTHING : whose.contains(Ends.Whose.STABLE) ? Case.SHIFT : Case.NO_STABLE;
    }

    /**
     * The operations that give the canary nothing and the first of the stable destinations all of it.
     *
     * @param unsaid the weight of a destination that has none written
     */
    static ArrayNode shift(String path, JsonNode list, List<Ends.Whose> whose, long unsaid) {
        ArrayNode patch = Json.array();
        long sum = indexes(whose, Ends.Whose.CANARY)
                .mapToLong(i -> weight(list, i, unsaid))
                .sum();
        int heir = whose.indexOf(Ends.Whose.STABLE);
        indexes(whose, Ends.Whose.CANARY).forEach(i -> put(patch, path, i, 0));
        put(patch, path, heir, weight(list, heir, unsaid) + sum);
        return patch;
    }

    /** The operations that bring the weights back which an object had. */
    static ArrayNode back(ArrayNode shift, JsonNode object) {
        ArrayNode patch = Json.array();
        for (JsonNode operation : shift) {
            String path = operation.path("path").asText();
            JsonNode before = object.at(path);
            ObjectNode back = patch.addObject().put("op", before.isMissingNode() ? "remove" : "replace");
            back.put("path", path);
            if (!before.isMissingNode()) {
                back.set("value", before);
            }
        }
        return patch;
    }

    /** A copy of the object with the operations applied. */
    static ObjectNode applied(ArrayNode shift, ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        for (JsonNode operation : shift) {
            String path = operation.path("path").asText();
            String parent = path.substring(0, path.lastIndexOf('/'));
            ((ObjectNode) copy.at(parent)).set(WEIGHT, operation.path("value"));
        }
        return copy;
    }

    private static void put(ArrayNode patch, String path, int index, long weight) {
        patch.addObject()
                .put("op", "add")
                .put("path", path + "/" + index + "/" + WEIGHT)
                .put("value", weight);
    }

    private static long weight(JsonNode list, int index, long unsaid) {
        return list.path(index).path(WEIGHT).asLong(unsaid);
    }

    private static IntStream indexes(List<Ends.Whose> whose, Ends.Whose one) {
        return IntStream.range(0, whose.size()).filter(i -> whose.get(i) == one);
    }
}
