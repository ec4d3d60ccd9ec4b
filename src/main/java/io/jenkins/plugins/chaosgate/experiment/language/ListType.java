package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list whose items keep their places, so that they can be compared with each other; items that are wrong are left
 * out, and their problems noted.
 *
 * @param item what each item may be
 * @param least how many there must be; where it is 0, nothing at all is an empty list
 * @param what what the items are, in the plural
 */
record ListType<T>(Type<T> item, int least, String what) implements Type<List<Located<T>>> {

    @Override
    public Optional<List<Located<T>>> read(Node node, String path, Reading in) {
        if (least == 0 && node instanceof Node.Scalar scalar && scalar.isNull()) {
            return Optional.of(List.of());
        }
        if (!(node instanceof Node.Items list) || list.items().size() < least) {
            in.refuse(node, path, expected());
            return Optional.empty();
        }
        List<Located<T>> values = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Node element = list.items().get(i);
            String place = Words.item(path, i);
            item.read(element, place, in).ifPresent(value -> values.add(new Located<>(value, element, place)));
        }
        return Optional.of(values);
    }

    @Override
    public ArrayNode write(List<Located<T>> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> list.add(item.write(value.value())));
        return list;
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        ObjectNode schema = Json.object().put("type", "array").put("minItems", least);
        schema.set("items", item.schema(definitions));
        return schema;
    }

    @Override
    public String expected() {
        return "a list of " + what + (least > 0 ? ", at least " + least : "");
    }
}
