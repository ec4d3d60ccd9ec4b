package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One look at all thresholds, on one line. */
final class SightWords {

    private final List<String> names;

    SightWords(List<Threshold> thresholds) {
        this.names = ThresholdWords.names(thresholds);
    }

    /** {@code failed requests 0, error rate 0 % of 96, p99 41 ms}. */
    String values(List<Sight> sights) {
        return each(sights, ", ", index -> {
            Sight sight = sights.get(index);
            return sight.observation()
                    .map(seen -> ThresholdWords.value(sight.threshold(), seen))
                    .orElseGet(() -> missing(sight));
        });
    }

    /** {@code failed requests 4 of 10   error rate 21 % of 1 %}; what breaks its limit is painted. */
    String againstLimits(List<Sight> sights, Paint paint) {
        return each(sights, "   ", index -> {
            Sight sight = sights.get(index);
            return sight.observation()
                    .map(seen -> {
                        String words = ThresholdWords.againstLimit(sight.threshold(), seen);
                        return seen.ok() ? words : paint.bad(words);
                    })
                    .orElseGet(() -> paint.warning(missing(sight)));
        });
    }

    /** Which thresholds hold, break and are missing: two looks with the same picture differ in values only. */
    static String picture(List<Sight> sights) {
        return sights.stream()
                .map(sight -> sight.observation()
                        .map(seen -> seen.ok() ? "holds" : "breaks")
                        .orElseGet(() -> missing(sight)))
                .collect(Collectors.joining("|"));
    }

    /** Whether every threshold was seen and held. */
    static boolean allHold(List<Sight> sights) {
        return !sights.isEmpty()
                && sights.stream()
                        .allMatch(sight -> sight.observation().isPresent()
                                && sight.observation().get().ok());
    }

    private String each(List<Sight> sights, String separator, IntFunction<String> words) {
        return IntStream.range(0, sights.size())
                .mapToObj(index -> names.get(index) + " " + words.apply(index))
                .collect(Collectors.joining(separator));
    }

    private static String missing(Sight sight) {
        return sight.missing().map(noData -> "(" + noData.why().words() + ")").orElse("(not looked at)");
    }
}
