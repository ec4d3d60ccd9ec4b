package io.jenkins.plugins.chaosgate.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Small functions on Kubernetes labels: string to string, in the order in which they were written. */
public final class Labels {

    private Labels() {}

    /** An unmodifiable copy in the same order; a null key or value is an error. */
    public static Map<String, String> copyOf(Map<String, String> labels) {
        Map<String, String> copy = new LinkedHashMap<>();
        labels.forEach((name, value) ->
                copy.put(Objects.requireNonNull(name, "label name"), Objects.requireNonNull(value, "label value")));
        return Collections.unmodifiableMap(copy);
    }

    /** Whether an object with these labels is selected: every pair of the selector is there. */
    public static boolean match(Map<String, String> selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    /** As Kubernetes writes an equality selector: {@code app=reviews,version=v2}. */
    public static String toSelector(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
