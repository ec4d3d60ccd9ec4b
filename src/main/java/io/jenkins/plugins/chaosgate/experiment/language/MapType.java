package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map whose names are the user's own: labels, headers. It has at least one entry, since an empty selector would mean
 * everything.
 *
 * @param name its name among the definitions of the schema
 * @param what what it holds and an example
 */
record MapType(String name, String what, PatternType names, PatternType values) implements Type<Map<String, String>> {

    /** Labels that select pods. */
    static final MapType LABELS = new MapType(
            "labels",
            "a map of at least one Kubernetes label, such as {app: reviews, version: v2}",
            PatternType.LABEL_NAME,
            PatternType.LABEL_VALUE);

    /** Headers that a request must carry. */
    static final MapType HEADERS = new MapType(
            "headers",
            "a map of at least one HTTP header with its exact value, such as {x-tester: canary}",
            PatternType.HEADER_NAME,
            PatternType.HEADER_VALUE);

    @Override
    public Optional<Map<String, String>> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Fields map) || map.entries().isEmpty()) {
            in.refuse(node, path, what);
            return Optional.empty();
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (Node.Entry entry : map.entries()) {
            String place = Words.child(path, entry.name());
            Optional<String> key = names.read(new Node.Scalar(entry.at(), entry.name(), false), place, in);
            Optional<String> value = values.read(entry.value(), place, in);
            if (key.isPresent() && value.isPresent() && read.put(key.get(), value.get()) != null) {
                in.problems().add(entry.at(), place, "found " + Words.quote(key.get()) + " a second time", "it once");
            }
        }
        return Optional.of(read);
    }

    @Override
    public ObjectNode write(Map<String, String> map) {
        ObjectNode written = Json.object();
        map.forEach((key, value) -> written.set(key, values.write(value)));
        return written;
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.reference(name, () -> {
            ObjectNode schema = Json.object().put("title", name).put("description", what);
            schema.put("type", "object").put("minProperties", 1);
            schema.set("propertyNames", names.forms().get(0));
            schema.set("additionalProperties", values.schema(definitions));
            return schema;
        });
    }

    @Override
    public String expected() {
        return what;
    }
}
