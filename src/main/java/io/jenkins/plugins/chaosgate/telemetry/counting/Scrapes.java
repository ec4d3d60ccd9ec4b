package io.jenkins.plugins.chaosgate.telemetry.counting;

import io.jenkins.plugins.chaosgate.telemetry.prometheus.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * When one target was scraped, and where its process began anew in between. All times in milliseconds since 1970.
 *
 * @param times of the scrapes that are known
 * @param restarts the first scrapes after surely the whole process had begun anew, with all of its counters
 * @param doubts scrapes at which some counter had begun anew, and nobody knows whether the others had, too
 */
record Scrapes(NavigableSet<Long> times, NavigableSet<Long> restarts, NavigableSet<Long> doubts) {
    /** Of a target that nothing is known of. */
    static final Scrapes UNKNOWN = new Scrapes(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    /** Scrapes nearer to a sample than this part of a gap are taken to be that sample's own. */
    private static final int JITTER = 10;
    /** A gap is what is longer than so many half intervals. */
    private static final int GAP = 3;

    Scrapes {
        times = Collections.unmodifiableNavigableSet(new TreeSet<>(times));
        restarts = Collections.unmodifiableNavigableSet(new TreeSet<>(restarts));
        doubts = Collections.unmodifiableNavigableSet(new TreeSet<>(doubts));
    }

    /** What all counters of one target tell together: where most of what they had counted is gone, it is for all. */
    static Scrapes of(Collection<Counter> counters) {
        TreeSet<Long> times = new TreeSet<>();
        counters.forEach(counter -> counter.samples().forEach(sample -> times.add(sample.millis())));
        Map<Long, Double> fallen = new HashMap<>();
        TreeSet<Long> drops = new TreeSet<>();
        for (Counter counter : counters) {
            List<Sample> samples = counter.samples();
            for (int i = 1; i < samples.size(); i++) {
                Sample before = samples.get(i - 1);
                Sample now = samples.get(i);
                if (times.higher(before.millis()) != now.millis()) {
                    // It was away meanwhile, which says nothing of the others.
                    continue;
                }
                fallen.merge(now.millis(), before.value() - now.value(), Double::sum);
                if (now.value() < before.value()) {
                    drops.add(now.millis());
                }
            }
        }
        TreeSet<Long> restarts = new TreeSet<>(drops);
        restarts.removeIf(time -> fallen.get(time) <= 0);
        TreeSet<Long> doubts = new TreeSet<>(drops);
        doubts.removeAll(restarts);
        return new Scrapes(times, restarts, doubts);
    }

    /** The same with scrapes that are known from elsewhere. */
    Scrapes and(Collection<Long> more) {
        TreeSet<Long> all = new TreeSet<>(times);
        all.addAll(more);
        return new Scrapes(all, restarts, doubts);
    }

    /** The same where the counters in question are known to have begun anew at these times. */
    Scrapes restartedAt(Collection<Long> more) {
        TreeSet<Long> all = new TreeSet<>(restarts);
        all.addAll(more);
        return new Scrapes(times, all, doubts);
    }

    /** The last scrape before a time; empty where none is known. */
    OptionalLong before(long millis) {
        Long before = times.lower(millis);
        return before == null ? OptionalLong.empty() : OptionalLong.of(before);
    }

    /** Whether the process surely began anew after the first time and up to the second. */
    boolean isRestarted(long after, long upTo) {
        return !restarts.subSet(after, false, upTo, true).isEmpty();
    }

    /**
     * Whether a counter with samples at these two times, and none between, may have begun anew without showing it: others
     * of the target did, or it was not there at a scrape in between.
     */
    boolean isDoubtful(long after, long upTo) {
        long jitter = (upTo - after) / JITTER;
        return !doubts.subSet(after, false, upTo, true).isEmpty()
                || !times.subSet(after + jitter, false, upTo - jitter, false).isEmpty();
    }

    /** Whether a scrape or more seem to have been missed since a time. */
    boolean hasGaps(long since) {
        Long first = times.floor(since);
        List<Long> ordered = List.copyOf(first == null ? times : times.tailSet(first, true));
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < ordered.size(); i++) {
            gaps.add(ordered.get(i) - ordered.get(i - 1));
        }
        return !gaps.isEmpty() && Collections.max(gaps) * 2 > Collections.min(gaps) * GAP;
    }
}
