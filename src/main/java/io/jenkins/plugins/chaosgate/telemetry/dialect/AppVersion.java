package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.Map;
import java.util.Set;

/** The two labels of pods that metrics carry on: {@code app} and {@code version}. */
final class AppVersion {
    private static final Set<String> LABELS = Set.of("app", "version");

    private AppVersion() {}

    /** Whether a selector of pods is made of these labels only, so that metrics can be asked by the same. */
    static boolean tell(Map<String, String> labels) {
        return !labels.isEmpty() && LABELS.containsAll(labels.keySet());
    }

    /** Whether a series has these values under their names with a prefix. */
    static boolean fit(Map<String, String> series, String prefix, Map<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(label -> label.getValue().equals(series.get(prefix + label.getKey())));
    }

    /** Adds the labels' values under their names with a prefix: {@code destination_app}. */
    static Selector select(Selector selector, String prefix, Map<String, String> labels) {
        Selector selected = selector;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            selected = selected.with(prefix + label.getKey(), label.getValue());
        }
        return selected;
    }
}
