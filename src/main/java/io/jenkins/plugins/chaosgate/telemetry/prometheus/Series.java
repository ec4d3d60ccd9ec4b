package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.util.List;
import java.util.Map;

/**
 * A series as it came: its labels and some of its samples.
 *
 * @param labels untrusted text
 * @param samples in the order in which they came
 */
public record Series(Map<String, String> labels, List<Sample> samples) {
    public Series {
        labels = Map.copyOf(labels);
        samples = List.copyOf(samples);
    }
}
