package io.jenkins.plugins.chaosgate.pipeline.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A list of words, which a form shows as one line with commas. */
final class WordList {

    private WordList() {}

    /** The words of all entries, each once; an entry may hold several, with commas or blanks between them. Mutable. */
    static List<String> of(List<String> entries) {
        List<String> all = entries == null ? List.of() : entries;
        return new ArrayList<>(all.stream()
                .filter(Objects::nonNull)
                .flatMap(entry -> Arrays.stream(entry.split("[,\\s]+")))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList());
    }

    /** As a form shows it; null is an empty list. */
    static String joined(List<String> words) {
        return words == null ? "" : String.join(", ", words);
    }
}
