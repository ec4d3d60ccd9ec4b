package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.time.Instant;
import java.util.Optional;

/** Why counters say nothing where some of them are not told: a proxy cannot be scraped, or its samples come late. */
final class UntoldProxies {

    private UntoldProxies() {}

    /** Empty where all are told. */
    static Optional<NoData> of(Counters counters) {
        return down(counters).or(() -> late(counters));
    }

    /** While one of several proxies is not scraped nobody knows what it answers. */
    private static Optional<NoData> down(Counters counters) {
        return counters.down().entrySet().stream()
                .findFirst()
                .map(target -> new NoData(
                        Why.STALE,
                        "Prometheus cannot scrape " + Quote.line(target.getKey().instance(), 100) + " since "
                                + target.getValue()));
    }

    /** Where some of a proxy's counters are known up to a later time than others, their sum is of no time at all. */
    private static Optional<NoData> late(Counters counters) {
        return counters.late().stream()
                .findFirst()
                .map(counter -> new NoData(
                        Why.STALE,
                        "samples come late: a counter of "
                                + Quote.line(counter.target().instance(), 100)
                                + " did not end, but is known only up to "
                                + Instant.ofEpochMilli(counter.lastMillis()) + " (such counters: "
                                + counters.late().size() + "); does a remote write lag behind?"));
    }
}
