package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Puts the values of variables into the scalars of a tree: <code>${NAME}</code> is replaced, <code>$${</code> stands
 * for <code>${</code>. It works on the parsed tree, so that a value can never add a field; a value is not looked
 * through for further variables.
 */
final class Variables {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final String WRITTEN = "${NAME} with letters, digits and '_', or $${ for a literal ${";

    private final Map<String, String> values;
    private final Problems problems;
    private final Set<String> used = new HashSet<>();
    private final Set<String> undefined = new TreeSet<>();
    private long added;

    private Variables(Map<String, String> values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The tree with all variables replaced; notes variables that are not given, and given ones that nobody uses. */
    static Node replace(Node tree, Map<String, String> values, Problems problems) {
        Variables variables = new Variables(values, problems);
        Node replaced = variables.replace(tree, "");
        new TreeSet<>(values.keySet())
                .stream().filter(name -> !variables.used.contains(name)).forEach(variables::unused);
        return replaced;
    }

    /** The text that, read, gives this one. */
    static String escape(String text) {
        return text.replace("${", "$${");
    }

    private Node replace(Node node, String path) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().contains("${") ? replace(scalar, path) : scalar;
        }
        if (node instanceof Node.Items list) {
            List<Node> items = new ArrayList<>();
            list.items().forEach(item -> items.add(replace(item, Words.item(path, items.size()))));
            return new Node.Items(list.at(), items);
        }
        if (node instanceof Node.Fields map) {
            List<Node.Entry> entries = new ArrayList<>();
            map.entries()
                    .forEach(entry -> entries.add(new Node.Entry(
                            entry.name(), entry.at(), replace(entry.value(), Words.child(path, entry.name())))));
            return new Node.Fields(map.at(), entries);
        }
        return node;
    }

    private Node replace(Node.Scalar scalar, String path) {
        int before = problems.count();
        String text = replace(scalar.text(), scalar.at(), path);
        return problems.count() == before ? new Node.Scalar(scalar.at(), text, false) : new Node.Broken(scalar.at());
    }

    private String replace(String text, Location at, String path) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            if (open > from && text.charAt(open - 1) == '$') {
                result.append(text, from, open - 1).append("${");
                from = open + 2;
                continue;
            }
            int close = text.indexOf('}', open);
            String name = close < 0 ? "" : text.substring(open + 2, close);
            if (!NAME.matcher(name).matches()) {
                problems.add(at, path, "found " + Words.quote(text.substring(open)), WRITTEN);
                return "";
            }
            result.append(text, from, open).append(valueOf(name, at, path));
            from = close + 1;
        }
        return result.append(text, from, text.length()).toString();
    }

    private String valueOf(String name, Location at, String path) {
        String value = values.get(name);
        if (value == null) {
            undefined.add(name);
            String nearest = Nearest.to(name, values.keySet());
            problems.add(at, path, "variable " + Words.quote(name) + " has no value", given(), nearest);
            return "";
        }
        used.add(name);
        added += value.length();
        if (added > SourceText.MOST) {
            throw problems.fatal(at, path, "found more than 1 MiB from variables", "shorter values");
        }
        return value;
    }

    private String given() {
        return values.isEmpty()
                ? "a variable that is given, and none is"
                : "one of the variables that are given: " + Words.list(new TreeSet<>(values.keySet()));
    }

    private void unused(String name) {
        problems.add(
                Location.WHOLE_FILE,
                "",
                "variable " + Words.quote(name) + " is given, but the file never uses it",
                "only variables that the file uses",
                Nearest.to(name, undefined));
    }
}
