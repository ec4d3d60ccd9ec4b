package io.jenkins.plugins.chaosgate.pipeline.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A list of texts, which a form shows as lines. */
final class LineList {

    private LineList() {}

    /** The lines of all entries; those that are blank are none. Null is an empty list. Mutable. */
    static List<String> of(List<String> entries) {
        List<String> all = entries == null ? List.of() : entries;
        return new ArrayList<>(all.stream()
                .filter(Objects::nonNull)
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }

    /** As a form shows it; null is an empty list. */
    static String joined(List<String> entries) {
        return entries == null ? "" : String.join("\n", entries);
    }
}
