package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import java.util.HashSet;
import java.util.List;

/** Thresholds and what they showed in few words, for one line among others. Gives clean text. */
final class ThresholdWords {

    private ThresholdWords() {}

    /**
     * The shortest names that tell the thresholds apart, in their order: without the service ({@code failed requests})
     * where that is enough, else their titles.
     */
    static List<String> names(List<Threshold> thresholds) {
        List<String> brief = thresholds.stream().map(ThresholdWords::brief).toList();
        boolean distinct = new HashSet<>(brief).size() == brief.size();
        return distinct
                ? brief
                : thresholds.stream()
                        .map(threshold -> Clean.line(threshold.title()))
                        .toList();
    }

    private static String brief(Threshold threshold) {
        String title = Clean.line(threshold.title());
        if (threshold instanceof ServiceThreshold service) {
            String tail = " of " + service.of().name();
            return title.endsWith(tail) && title.length() > tail.length()
                    ? title.substring(0, title.length() - tail.length())
                    : title;
        }
        return title;
    }

    /** A value, and for a share of requests how many they were: {@code 0}, {@code 21 % of 96}, {@code 41 ms}. */
    static String value(Threshold threshold, Observation observation) {
        String value = threshold.unit().format(observation.value());
        return threshold.unit() == Unit.FRACTION && observation.requests().isPresent()
                ? value + " of " + observation.requests().getAsLong()
                : value;
    }

    /** A value beside its limit: {@code 4 of 10}, {@code 7/s, at least 5/s}, {@code 30 ms, 1.5 × stable allowed}. */
    static String againstLimit(Threshold threshold, Observation observation) {
        Unit unit = threshold.unit();
        String value = unit.format(observation.value());
        if (unit == Unit.OK) {
            return value;
        }
        Bounds bounds = threshold.judging().bounds();
        StringBuilder words = new StringBuilder(value);
        bounds.max().ifPresent(max -> words.append(" of ").append(unit.format(max)));
        bounds.min().ifPresent(min -> words.append(", at least ").append(unit.format(min)));
        threshold.judging().maxRatio().ifPresent(ratio -> {
            words.append(", ").append(Unit.NUMBER.format(ratio)).append(" × stable");
            observation.stable().ifPresent(stable -> words.append(" (")
                    .append(unit.format(stable))
                    .append(")"));
            words.append(" allowed");
        });
        return words.toString();
    }
}
