package io.jenkins.plugins.chaosgate.verdict.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the simulated gates of one rule ended.
 *
 * @param rule its name
 * @param gates how many were simulated, above 0
 * @param detections for each that was stopped, after what time under the fault; shortest first
 * @param earlyPasses for each that passed early, after what time; shortest first
 * @param inconclusive how many ended with too little seen, or with nothing certain
 */
public record Outcomes(
        String rule, int gates, List<Duration> detections, List<Duration> earlyPasses, int inconclusive) {

    public Outcomes {
        Objects.requireNonNull(rule, "rule");
        detections = detections.stream().sorted().toList();
        earlyPasses = earlyPasses.stream().sorted().toList();
    }

    /** Which share was stopped, 0 to 1. */
    public double stopped() {
        return (double) detections.size() / gates;
    }

    /** Which share passed early, 0 to 1. */
    public double passedEarly() {
        return (double) earlyPasses.size() / gates;
    }

    /** Which share ended with too little seen or nothing certain, 0 to 1. */
    public double endedInconclusive() {
        return (double) inconclusive / gates;
    }

    /**
     * After what time a share of all gates had been stopped; empty if fewer ever were.
     *
     * @param share above 0, up to 1: 0.5 is the median
     */
    public Optional<Duration> stoppedWithin(double share) {
        return reached(detections, share);
    }

    /** After what time a share of all gates had passed early; empty if fewer ever did. */
    public Optional<Duration> passedWithin(double share) {
        return reached(earlyPasses, share);
    }

    private Optional<Duration> reached(List<Duration> times, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("expected a share above 0 and up to 1, but found " + share);
        }
        int rank = (int) Math.ceil(share * gates);
        return rank <= times.size() ? Optional.of(times.get(rank - 1)) : Optional.empty();
    }
}
