package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.List;
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
        long from = window.from().toEpochMilli();
        long to = window.to().toEpochMilli();
        double grown = 0;
        double previous = bornAtZero ? 0 : ordered.get(0).value();
        for (Sample sample : ordered) {
            if (sample.millis() > to) {
                break;
            }
            if (sample.millis() > from) {
                boolean reset = sample.value() < previous || resets.contains(sample.millis());
                grown += reset ? sample.value() : sample.value() - previous;
            }
            previous = sample.value();
        }
        return grown;
    }
}
