package io.jenkins.plugins.chaosgate.experiment.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a tree of plain values that stand in no file; what is right in YAML is right here, and no other things. */
final class ValueTree {

    private static final String PLAIN = "a text, a number, true, false, a list or a map";

    /** More digits than any amount has; above it, a number is not written out. */
    private static final int MOST_DIGITS = 100;

    private final Problems problems;
    private int values;
    private long length;

    private ValueTree(Problems problems) {
        this.problems = problems;
    }

    /** The tree of a map; notes what is no plain value. */
    static Node.Fields of(Map<?, ?> map, Problems problems) {
        return new ValueTree(problems).fields(map, "", 0);
    }

    private Node node(Object value, String path, int depth) {
        values++;
        if (values > TreeBuilder.MOST_VALUES) {
            throw problems.fatal(
                    Location.WHOLE_FILE, path, "found more than " + TreeBuilder.MOST_VALUES + " values", "fewer");
        }
        if (value == null) {
            return new Node.Scalar(Location.WHOLE_FILE, "", true);
        }
        if (value instanceof Map<?, ?> map) {
            return fields(map, path, depth);
        }
        if (value instanceof Collection<?> list) {
            return items(list, path, depth);
        }
        if (value instanceof CharSequence || value instanceof Boolean) {
            return scalar(value.toString(), path);
        }
        if (value instanceof Number number) {
            return scalar(text(number), path);
        }
        problems.add(
                Location.WHOLE_FILE,
                path,
                "found a " + Words.unquoted(value.getClass().getName()),
                PLAIN);
        return new Node.Broken(Location.WHOLE_FILE);
    }

    private Node.Fields fields(Map<?, ?> map, String path, int depth) {
        refuseDepth(path, depth);
        List<Node.Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            String place = Words.child(path, name);
            if (seen.add(name)) {
                entries.add(new Node.Entry(name, Location.WHOLE_FILE, node(value, place, depth + 1)));
            } else {
                problems.add(
                        Location.WHOLE_FILE, place, "found " + Words.quote(name) + " a second time", "each field once");
            }
        });
        return new Node.Fields(Location.WHOLE_FILE, entries);
    }

    private Node.Items items(Collection<?> list, String path, int depth) {
        refuseDepth(path, depth);
        List<Node> items = new ArrayList<>();
        list.forEach(item -> items.add(node(item, Words.item(path, items.size()), depth + 1)));
        return new Node.Items(Location.WHOLE_FILE, items);
    }

    private Node.Scalar scalar(String text, String path) {
        length += text.length();
        if (length > SourceText.MOST) {
            throw problems.fatal(
                    Location.WHOLE_FILE, path, "found more than 1 MiB of text", "an experiment of at most 1 MiB");
        }
        return new Node.Scalar(Location.WHOLE_FILE, text, false);
    }

    private void refuseDepth(String path, int depth) {
        if (depth == TreeBuilder.DEEPEST) {
            throw problems.fatal(
                    Location.WHOLE_FILE,
                    path,
                    "found more than " + TreeBuilder.DEEPEST + " levels of nesting",
                    "the fields of an experiment");
        }
    }

    /** As a file would have it: without an exponent, unless nobody could read it. */
    private static String text(Number number) {
        if (number instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        boolean binary = number instanceof Double || number instanceof Float;
        return binary && Double.isFinite(number.doubleValue())
                ? plain(new BigDecimal(number.toString()))
                : number.toString();
    }

    private static String plain(BigDecimal decimal) {
        return decimal.precision() > MOST_DIGITS || Math.abs((long) decimal.scale()) > MOST_DIGITS
                ? decimal.toString()
                : decimal.toPlainString();
    }
}
