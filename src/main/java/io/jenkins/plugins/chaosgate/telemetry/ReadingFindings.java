package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counter;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.OurTime;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Optional;

/** What a first reading means for a gate that has yet to begin. Pure. */
final class ReadingFindings {
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    private ReadingFindings() {}

    /** Of the user's own query. */
    static Finding query(Threshold threshold, Reading reading) {
        if (reading instanceof Value value) {
            return Finding.ok(
                    "query", threshold.title() + ": " + threshold.unit().format(value.value()));
        }
        NoData missing = (NoData) reading;
        return switch (missing.why()) {
            case REFUSED, SEVERAL_SERIES -> Finding.error("query", threshold.title() + ": " + missing.detail());
            default -> missing("query", threshold.title(), missing);
        };
    }

    /** Of a webhook. */
    static Finding webhook(Threshold threshold, Reading reading) {
        if (reading instanceof Value value) {
            return value.value() == 1
                    ? Finding.ok("webhook", threshold.title() + ": ok")
                    : Finding.warning("webhook", threshold.title() + ": answers, but not with a status of 2xx");
        }
        return missing("webhook", threshold.title(), (NoData) reading);
    }

    /** Of a threshold on a service, or of a fault's proof. */
    static Finding counted(String topic, String what, Reading reading) {
        if (reading instanceof Value value) {
            String requests = value.requests().isPresent() ? value.requests().getAsLong() + " requests" : "counted";
            return Finding.ok(topic, what + ": " + requests + " in the last minute or window");
        }
        return missing(topic, what, (NoData) reading);
    }

    /** What a scrape interval means for how the experiment looks; empty where it fits. */
    static Optional<Finding> scrapes(String title, Duration interval, Duration window, Watch watch) {
        String scraped = title + ": scraped each " + Units.duration(interval) + ", but ";
        if (interval.compareTo(window) > 0) {
            return Optional.of(Finding.error(
                    "scrapes",
                    scraped + "the threshold looks back " + Units.duration(window)
                            + " only; choose a longer window, or scrape more often"));
        }
        if (interval.compareTo(watch.missingData()) > 0) {
            return Optional.of(Finding.error(
                    "scrapes",
                    scraped + "missingData allows only " + Units.duration(watch.missingData())
                            + " without; raise it, or scrape more often"));
        }
        if (interval.compareTo(watch.interval()) > 0) {
            return Optional.of(Finding.warning(
                    "scrapes",
                    scraped + "looked at each " + Units.duration(watch.interval())
                            + ": some observations will only repeat the one before"));
        }
        return Optional.empty();
    }

    /** What it means that a series came once only where several samples could have. */
    static Finding seenOnce(String title, Duration looked) {
        return Finding.warning(
                "scrapes",
                title + ": scraped only once in " + Units.duration(looked)
                        + "; where that is the usual interval nothing can be" + " counted: scrape each "
                        + Units.duration(LONGEST_INTERVAL) + " at least");
    }

    /** What it means that nothing says which pods some counters are of; empty where they say so. */
    static Optional<Finding> sums(String topic, String what, Counters counters) {
        return counters.all().stream().anyMatch(Counter::isSum)
                ? Optional.of(Finding.warning(
                        topic,
                        what
                                + ": counters have neither the label instance nor pod: they are sums over pods (of recording"
                                + " rules, by federation), whose fall is not a restart. When a pod goes while the gate"
                                + " looks, nobody can tell what was counted, and it ends INCONCLUSIVE; have it ask a"
                                + " Prometheus that scrapes the proxies themselves"))
                : Optional.empty();
    }

    /** What it means that a label which is asked for is on no series of a metric. */
    static Finding lost(String topic, String what, String metric, String label) {
        return Finding.noEvidence(
                topic,
                what + ": no series of " + metric + " has the label " + label
                        + "; without it this cannot be counted: keep it in the mesh's telemetry and in the relabelling of"
                        + " the scrapes");
    }

    /** Whether a limit is a bucket's edge, where requests can be counted exactly; empty where it is. */
    static Optional<Finding> bucket(String title, double seconds, NavigableSet<Double> edges) {
        if (edges.isEmpty() || edges.contains(seconds)) {
            return Optional.empty();
        }
        Double lower = edges.lower(seconds);
        Double upper = edges.higher(seconds);
        String limit = title + ": the histogram has no bucket at the limit of " + Unit.SECONDS.format(seconds);
        if (upper == null) {
            return Optional.of(Finding.error(
                    "buckets",
                    limit + ", and none above: whether it is kept can never be told; choose at most "
                            + Unit.SECONDS.format(lower) + ", or have the mesh measure with larger bounds"));
        }
        return Optional.of(Finding.warning(
                "buckets",
                limit + ": requests between its neighbours may be slow or not; choose "
                        + (lower == null ? "" : Unit.SECONDS.format(lower) + " or ") + Unit.SECONDS.format(upper)));
    }

    /** The clocks of Prometheus and of whoever asks, where they differ by more than 5 s. */
    static Optional<Finding> clocks(Duration prometheusAhead) {
        if (prometheusAhead.abs().compareTo(Duration.ofSeconds(5)) <= 0) {
            return Optional.empty();
        }
        String apart = "the clock of Prometheus is " + Units.duration(prometheusAhead.abs())
                + (prometheusAhead.isNegative() ? " behind" : " ahead of") + " ours; ";
        return Optional.of(
                prometheusAhead.abs().compareTo(OurTime.HOPELESS) > 0
                        ? Finding.noEvidence(
                                "clock",
                                apart + "what was before the fault and what after cannot be told: set both by NTP")
                        : Finding.warning(
                                "clock", apart + "times are put right by that, to about a second: set both by NTP"));
    }

    /** Data that may yet come is a warning; a source that does not work is none to begin with. */
    private static Finding missing(String topic, String what, NoData missing) {
        String text = what + ": " + missing.why().words() + ": " + missing.detail();
        return switch (missing.why()) {
            case NO_SERIES, NO_TRAFFIC, STALE, UNCERTAIN, NOT_A_NUMBER -> Finding.warning(topic, text);
            case REFUSED, SEVERAL_SERIES -> Finding.error(topic, text);
            case TIMED_OUT, UNAVAILABLE, GARBAGE -> Finding.noEvidence(topic, text);
        };
    }
}
