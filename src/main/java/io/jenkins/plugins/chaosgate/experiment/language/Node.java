package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.List;
import java.util.Optional;

/** A piece of a file, before anything is known about its meaning; the same for YAML and JSON. */
sealed interface Node {

    /** Where it begins. */
    Location at();

    /** What it is, for the reader of an error. */
    String describe();

    /**
     * A single value, as it was written; not yet a number or a truth value.
     *
     * @param isNull whether nothing is there: an empty plain scalar or {@code null}
     */
    record Scalar(Location at, String text, boolean isNull) implements Node {
        @Override
        public String describe() {
            return isNull ? "found nothing" : "found " + Words.quote(text);
        }
    }

    /** A list. */
    record Items(Location at, List<Node> items) implements Node {
        @Override
        public String describe() {
            return items.isEmpty() ? "found an empty list" : "found a list";
        }
    }

    /** A map, in the order of the file, with distinct names. */
    record Fields(Location at, List<Entry> entries) implements Node {
        /** The value of a name; empty where the map does not have it. */
        Optional<Node> find(String name) {
            return entries.stream()
                    .filter(entry -> entry.name().equals(name))
                    .map(Entry::value)
                    .findFirst();
        }

        @Override
        public String describe() {
            return entries.isEmpty() ? "found an empty map" : "found a map";
        }
    }

    /** A value whose problem is noted already: nothing more is to be said about it. */
    record Broken(Location at) implements Node {
        @Override
        public String describe() {
            return "found nothing that can be read";
        }
    }

    /** One name of a map with its value; {@code at} is the place of the name. */
    record Entry(String name, Location at, Node value) {}
}
