package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tree of a file from what a parser of YAML or JSON meets on its way; holds what both have in common: names
 * are plain and distinct, nothing is nested too deep, and there is not too much of it.
 */
final class TreeBuilder {

    /** Deeper than any experiment, and shallow enough to be walked by recursion. */
    static final int DEEPEST = 20;

    /** Far more than any experiment has; a file of nonsense is judged after these. */
    static final int MOST_VALUES = 20_000;

    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();
    private Node root;
    private int values;

    TreeBuilder(Problems problems) {
        this.problems = problems;
    }

    void startMap(Location at) {
        start(new OpenMap(at, nextPath(at)));
    }

    void startList(Location at) {
        start(new OpenList(at, nextPath(at)));
    }

    void end() {
        place(open.pop().close());
    }

    /** A value, or inside of a map, each time in turn, a name and its value. */
    void scalar(Location at, String text, boolean isNull) {
        if (open.peek() instanceof OpenMap map && map.name == null) {
            map.name = new Node.Scalar(at, text, isNull);
        } else {
            place(new Node.Scalar(at, text, isNull));
        }
    }

    /** The tree; null where nothing was met. */
    Node root() {
        return root;
    }

    private void start(Open next) {
        if (open.size() == DEEPEST) {
            throw problems.fatal(
                    next.at, "", "found more than " + DEEPEST + " levels of nesting", "the fields of an experiment");
        }
        open.push(next);
    }

    private String nextPath(Location at) {
        Open parent = open.peek();
        if (parent instanceof OpenMap map && map.name == null) {
            throw problems.fatal(at, map.path, "found a list or a map as the name of a field", "a word");
        }
        return parent == null ? "" : parent.childPath();
    }

    private void place(Node node) {
        values++;
        if (values > MOST_VALUES) {
            throw problems.fatal(node.at(), "", "found more than " + MOST_VALUES + " values", "fewer");
        }
        if (open.isEmpty()) {
            root = node;
        } else {
            open.peek().add(node);
        }
    }

    private abstract static class Open {
        final Location at;
        final String path;

        Open(Location at, String path) {
            this.at = at;
            this.path = path;
        }

        abstract String childPath();

        abstract void add(Node node);

        abstract Node close();
    }

    private static final class OpenList extends Open {
        private final List<Node> items = new ArrayList<>();

        OpenList(Location at, String path) {
            super(at, path);
        }

        @Override
        String childPath() {
            return Words.item(path, items.size());
        }

        @Override
        void add(Node node) {
            items.add(node);
        }

        @Override
        Node close() {
            return new Node.Items(at, items);
        }
    }

    private final class OpenMap extends Open {
        private final List<Node.Entry> entries = new ArrayList<>();
        private final Map<String, Location> seen = new HashMap<>();
        private Node.Scalar name;

        OpenMap(Location at, String path) {
            super(at, path);
        }

        @Override
        String childPath() {
            return Words.child(path, name.text());
        }

        @Override
        void add(Node node) {
            Location first = seen.putIfAbsent(name.text(), name.at());
            if (first == null) {
                entries.add(new Node.Entry(name.text(), name.at(), node));
            } else {
                problems.add(
                        name.at(),
                        childPath(),
                        "found " + Words.quote(name.text()) + " a second time",
                        "each field once; the first is on line " + first.line());
            }
            name = null;
        }

        @Override
        Node close() {
            return new Node.Fields(at, entries);
        }
    }
}
