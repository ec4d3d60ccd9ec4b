package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** How much one counter grew: differences of what was really scraped, nothing extrapolated. */
final class Increase {
    private Increase() {}

    /**
     * From the last sample at or before the window to the last one in it. After a reset the counter's new value is what
     * it grew by. A counter without a sample before the window counts from zero if it was born in the window, else from
     * its first sample. One that vanishes keeps what it had grown by.
     *
     * @param ordered at least one sample, times strictly rising
     * @param bornAtZero whether the counter is known not to have been there at the scrape before its first sample
     * @param resets times of samples at which the counter began anew although its value may not have dropped
     */
    static double of(List<Sample> ordered, Window window, boolean bornAtZero, Set<Long> resets) {
        return steps(ordered, window, bornAtZero ? OptionalLong.of(Long.MIN_VALUE) : OptionalLong.empty(), resets)
                .stream()
                .mapToDouble(Step::grown)
                .sum();
    }

    /**
     * The same, sample by sample.
     *
     * @param absentAt when the counter was known not to be there yet, in milliseconds since 1970; empty where nobody knows
     */
    static List<Step> steps(List<Sample> ordered, Window window, OptionalLong absentAt, Set<Long> resets) {
        long from = window.from().toEpochMilli();
        long to = window.to().toEpochMilli();
        List<Step> steps = new ArrayList<>();
        long since = absentAt.orElse(ordered.get(0).millis());
        double previous = absentAt.isPresent() ? 0 : ordered.get(0).value();
        for (Sample sample : ordered) {
            if (sample.millis() > to) {
                break;
            }
            if (sample.millis() > from) {
                boolean reset = sample.value() < previous || resets.contains(sample.millis());
                steps.add(new Step(since, sample.millis(), reset ? sample.value() : sample.value() - previous));
            }
            since = sample.millis();
            previous = sample.value();
        }
        return steps;
    }

    /** What a counter grew by after the first and up to the second of two times, in milliseconds since 1970. */
    record Step(long since, long until, double grown) {}
}
