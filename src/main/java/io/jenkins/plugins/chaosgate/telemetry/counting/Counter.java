package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A series of a counter, put in order: times strictly rise, values are finite and not negative.
 *
 * @param labels untrusted text
 * @param samples at least one
 */
public record Counter(Map<String, String> labels, List<Sample> samples) {
    public Counter {
        labels = Map.copyOf(labels);
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a counter needs a sample");
        }
    }

    /**
     * Puts a series in order: late samples to their place, of several at the same time the largest (a smaller one would
     * look like a reset), NaN left out (it marks the end of a series). Without samples there is no counter.
     *
     * @throws NoAnswer where a value is none of a counter: negative or infinite
     */
    static List<Counter> of(Series series) {
        TreeMap<Long, Sample> ordered = new TreeMap<>();
        for (Sample sample : series.samples()) {
            if (Double.isNaN(sample.value())) {
                continue;
            }
            if (sample.value() < 0 || Double.isInfinite(sample.value())) {
                throw new NoAnswer(
                        Why.GARBAGE,
                        "expected a counter, found the value " + sample.value() + " in "
                                + Quote.of(series.labels().toString()));
            }
            ordered.merge(sample.millis(), sample, (one, other) -> one.value() >= other.value() ? one : other);
        }
        return ordered.isEmpty() ? List.of() : List.of(new Counter(series.labels(), List.copyOf(ordered.values())));
    }

    public Target target() {
        return Target.of(labels);
    }

    /**
     * Whether it is a sum over pods, as recording rules make them: no label says which one it is of. Such a counter falls
     * when a pod goes, and rises by all that a pod ever counted when that comes back.
     */
    public boolean isSum() {
        return !target().isKnown() && !Target.tellsPod(labels);
    }

    /** At which times it was less than before, in milliseconds since 1970. */
    Set<Long> falls() {
        Set<Long> falls = new TreeSet<>();
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).value() < samples.get(i - 1).value()) {
                falls.add(samples.get(i).millis());
            }
        }
        return falls;
    }

    /** When it was last seen, in milliseconds since 1970. */
    public long lastMillis() {
        return samples.get(samples.size() - 1).millis();
    }

    /** When it was last seen up to a time, in milliseconds since 1970; empty where it was not there yet. */
    OptionalLong newest(Instant at) {
        return samples.stream()
                .mapToLong(Sample::millis)
                .filter(millis -> millis <= at.toEpochMilli())
                .max();
    }

    /** When it was first seen, in milliseconds since 1970. */
    long firstMillis() {
        return samples.get(0).millis();
    }
}
