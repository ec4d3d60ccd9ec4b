package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;

/** How much one counter grew: differences of what was really scraped, nothing extrapolated. */
final class Increase {
    private Increase() {}

    /**
     * From the last sample at or before the window to the last one in it, sample by sample. After a reset the counter's new
     * value is what it grew by. A counter without a sample before the window counts from zero if it was born in the
     * window, else from its first sample. One that vanishes keeps what it had grown by.
     *
     * @param ordered at least one sample, times strictly rising
     * @param scrapes of its target
     * @param absentAt when the counter was known not to be there yet, in milliseconds since 1970; empty where nobody knows
     */
    static List<Step> steps(List<Sample> ordered, Window window, Scrapes scrapes, OptionalLong absentAt) {
        long from = window.from().toEpochMilli();
        long to = window.to().toEpochMilli();
        List<Step> steps = new ArrayList<>();
        Sample first = ordered.get(0);
        if (first.millis() > from && first.millis() <= to) {
            steps.add(
                    absentAt.isPresent()
                            ? new Step(absentAt.getAsLong(), first.millis(), first.value(), 0)
                            : new Step(first.millis(), first.millis(), 0, first.value()));
        }
        for (int i = 1; i < ordered.size() && ordered.get(i).millis() <= to; i++) {
            if (ordered.get(i).millis() > from) {
                steps.add(step(ordered.get(i - 1), ordered.get(i), scrapes));
            }
        }
        return steps;
    }

    /**
     * The same of a sum over pods. Its fall is no restart: what went with a pod cannot be told from what the others counted
     * meanwhile. Nor is what it rises by after a fall surely new: it may be a pod that came back.
     *
     * @param falls when this sum, or another of the same pods, fell; in milliseconds since 1970
     */
    static List<Step> ofSum(List<Sample> ordered, Window window, NavigableSet<Long> falls) {
        List<Step> steps = new ArrayList<>();
        for (Step step : steps(ordered, window, Scrapes.UNKNOWN, OptionalLong.empty())) {
            boolean fallen = !falls.headSet(step.until(), true).isEmpty();
            boolean falling =
                    !falls.subSet(step.since(), false, step.until(), true).isEmpty();
            steps.add(
                    fallen
                            ? new Step(
                                    step.since(),
                                    step.until(),
                                    0,
                                    falling ? valueAt(ordered, step.until()) : step.grown() + step.unknown())
                            : step);
        }
        return steps;
    }

    private static double valueAt(List<Sample> ordered, long millis) {
        return ordered.stream()
                .filter(sample -> sample.millis() == millis)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Step step(Sample before, Sample now, Scrapes scrapes) {
        long since = before.millis();
        long until = now.millis();
        if (now.value() < before.value() || scrapes.isRestarted(since, until)) {
            return new Step(since, until, now.value(), 0);
        }
        double unknown = scrapes.isDoubtful(since, until) ? before.value() : 0;
        return new Step(since, until, now.value() - before.value(), unknown);
    }

    /**
     * What a counter grew by after the first and up to the second of two times, in milliseconds since 1970.
     *
     * @param grown so much for sure
     * @param unknown so much more perhaps: nobody saw whether it was counted before, or began anew
     */
    record Step(long since, long until, double grown, double unknown) {}
}
