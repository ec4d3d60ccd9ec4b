package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a series came from, by its labels.
 *
 * @param workload the labels that name the workload whose proxy counted
 * @param cluster the cluster that this proxy itself says it is in; empty where it does not
 * @param others the labels that came by scraping, and by whatever brought the series here
 */
public record Origin(Map<String, String> workload, Optional<String> cluster, Map<String, String> others) {
    public Origin {
        workload = Map.copyOf(workload);
        others = Map.copyOf(others);
    }

    /** The labels among these whose names fit. */
    static Map<String, String> only(Map<String, String> labels, Predicate<String> names) {
        Map<String, String> some = new HashMap<>(labels);
        some.keySet().removeIf(names.negate());
        return some;
    }
}
