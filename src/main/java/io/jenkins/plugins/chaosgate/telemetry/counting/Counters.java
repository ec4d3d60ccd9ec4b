package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Series;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The counters that one selector gave, and since when each of their targets is known to have been scraped.
 *
 * @param all the counters
 * @param scrapedSince the earliest scrape known of a target, in milliseconds since 1970
 */
public record Counters(List<Counter> all, Map<Target, Long> scrapedSince) {
    public Counters {
        all = List.copyOf(all);
        scrapedSince = Map.copyOf(scrapedSince);
    }

    /**
     * Reads the samples of a range; each series also shows when its target was scraped.
     *
     * @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where a value is none of a counter
     */
    public static Counters of(List<Series> series) {
        List<Counter> all =
                series.stream().flatMap(one -> Counter.of(one).stream()).toList();
        Map<Target, Long> scraped = new HashMap<>();
        all.forEach(counter -> scraped.merge(counter.target(), counter.firstMillis(), Math::min));
        return new Counters(all, scraped);
    }

    /** The targets of which only their series {@code up} can tell whether counters new since then began at zero. */
    public Set<Target> unproven(Instant since) {
        return all.stream()
                .filter(counter -> counter.firstMillis() > since.toEpochMilli())
                .filter(counter -> counter.target().isKnown() && !bornAtZero(counter))
                .map(Counter::target)
                .collect(Collectors.toSet());
    }

    /** The same with what the series {@code up} show of further scrapes; a scrape that failed shows nothing. */
    public Counters withScrapes(List<Series> up) {
        Map<Target, Long> scraped = new HashMap<>(scrapedSince);
        for (Series series : up) {
            series.samples().stream()
                    .filter(sample -> sample.value() == 1)
                    .mapToLong(Sample::millis)
                    .min()
                    .ifPresent(first -> scraped.merge(Target.of(series.labels()), first, Math::min));
        }
        return new Counters(all, scraped);
    }

    /** How much the counters with such labels grew in the window, in sum. */
    public double increase(Predicate<Map<String, String>> labels, Window window) {
        return all.stream()
                .filter(counter -> labels.test(counter.labels()))
                .mapToDouble(counter -> Increase.of(counter.samples(), window, bornAtZero(counter), Set.of()))
                .sum();
    }

    /** Whether the target had been scraped before the counter's first sample, and the counter was not there then. */
    boolean bornAtZero(Counter counter) {
        return counter.target().isKnown()
                && scrapedSince.getOrDefault(counter.target(), Long.MAX_VALUE) < counter.firstMillis();
    }
}
