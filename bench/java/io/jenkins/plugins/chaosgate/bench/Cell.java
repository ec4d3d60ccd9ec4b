package io.jenkins.plugins.chaosgate.bench;

import io.jenkins.plugins.chaosgate.verdict.simulation.Outcomes;
import java.time.Duration;
import java.util.Locale;

/**
 * One cell of the table.
 *
 * @param phi the overdispersion of bad requests
 * @param share the true share of bad requests, 0 to 1
 */
record Cell(double phi, double share, Outcomes outcomes) {

    static final String HEADER = "rule,phi,bad_percent,gates,stopped_percent,median_seconds";

    /** The median over all gates; empty text if less than half were stopped. */
    String csv() {
        return String.format(
                Locale.ROOT,
                "\"%s\",%.0f,%.1f,%d,%.3f,%s",
                outcomes.rule(),
                phi,
                share * 100,
                outcomes.gates(),
                outcomes.stopped() * 100,
                median());
    }

    String median() {
        return outcomes.stoppedWithin(0.5)
                .map(Duration::toSeconds)
                .map(String::valueOf)
                .orElse("");
    }
}
