package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Bad requests out of all, and how many more of both there were perhaps: they were counted before anybody looked at their
 * proxy, or around a restart that cannot be told from a gap, or in a sum over pods of which one went. Where they could change what a limit says there is no reading.
 *
 * @param bad so many were for sure
 * @param maybeBad so many more perhaps
 * @param all so many requests there were for sure
 * @param maybeAll so many more perhaps
 */
record Doubt(double bad, double maybeBad, double all, double maybeAll) {

    /**
     * Why it cannot be told whether a limit is kept; empty where it can.
     *
     * @param max the largest share of bad requests; without one every bad request might matter
     * @param what the bad requests, in words
     */
    Optional<NoData> unclear(OptionalDouble max, String what) {
        if (maybeBad <= 0 && (maybeAll <= 0 || max.isEmpty())) {
            return Optional.empty();
        }
        boolean surelyBroken = max.isPresent() && bad > max.getAsDouble() * (all + maybeAll);
        boolean surelyKept = max.isPresent() && maybeBad <= 0 && bad <= max.getAsDouble() * all;
        return surelyBroken || surelyKept ? Optional.empty() : Optional.of(noData(Math.max(1, maybeBad), what));
    }

    /** There may have been so many more. */
    static NoData noData(double more, String what) {
        return new NoData(
                Why.UNCERTAIN,
                "there may be " + Math.round(more) + " more " + what
                        + ": they were counted before their proxy was first"
                        + " scraped, while a counter was not there, or in a sum over pods that fell; wait until all"
                        + " proxies are scraped, scrape more often, and have series say by instance or pod whose they"
                        + " are");
    }
}
