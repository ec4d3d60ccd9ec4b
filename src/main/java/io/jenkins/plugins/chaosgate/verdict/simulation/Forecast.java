package io.jenkins.plugins.chaosgate.verdict.simulation;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.verdict.sequential.LatencyBuckets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What would become of canaries that are good or bad to different degrees, by simulation.
 *
 * @param threshold that decides them
 * @param limit the share of bad requests that it allows, at the rate in question and beside the stable version's share
 * @param rows from the best canary to the worst
 */
public record Forecast(Threshold threshold, double limit, List<Row> rows) {

    /** How many times the limit the share of bad requests is; all of these look at the same warm-up, half the limit. */
    private static final List<Double> DEGREES = List.of(0.0, 0.5, 1.0, 2.0, 3.0, 5.0);

    private static final double BEFORE_THE_FAULT = 0.5;

    /**
     * One kind of canary.
     *
     * @param degree its share of bad requests, as a multiple of the limit
     */
    public record Row(double degree, Outcomes outcomes) {}

    public Forecast {
        Objects.requireNonNull(threshold, "threshold");
        rows = List.copyOf(rows);
    }

    /**
     * Simulates gates.
     *
     * @param perSecond requests that are judged each second
     * @param phi the overdispersion of bad requests, 1 or more
     * @param stable the stable version's requests, for thresholds that compare the canary with it
     * @param gates how many for each row
     * @return empty where the threshold is not decided by counts, or allows everything
     */
    public static Optional<Forecast> of(
            Threshold threshold, Watch watch, double perSecond, double phi, Traffic stable, int gates, long seed) {
        return limit(threshold, perSecond, stable).map(limit -> {
            Rule rule = new ThresholdRule(threshold, watch);
            List<Row> rows = DEGREES.stream()
                    .filter(degree -> degree * limit < 1)
                    .map(degree -> {
                        Scenario scenario = new Scenario(
                                new Traffic(perSecond, BEFORE_THE_FAULT * limit, phi),
                                new Traffic(perSecond, degree * limit, phi),
                                threshold.judging().maxRatio().isPresent() ? Optional.of(stable) : Optional.empty(),
                                watch.interval(),
                                watch.warmup(),
                                watch.duration(),
                                earliestPass(watch));
                        return new Row(
                                degree,
                                Simulation.run(scenario, List.of(rule), gates, seed)
                                        .get(0));
                    })
                    .toList();
            return new Forecast(threshold, limit, rows);
        });
    }

    /** Without an early pass, later than the last look. */
    private static Duration earliestPass(Watch watch) {
        return watch.earlyPass() ? watch.minUnderFault() : watch.duration().plus(watch.interval());
    }

    /** The lower one of both limits, where there are two. */
    private static Optional<Double> limit(Threshold threshold, double perSecond, Traffic stable) {
        if (Decide.of(threshold) == Decide.EVERY_SAMPLE) {
            return Optional.empty();
        }
        double ofItsOwn = threshold.judging().bounds().max().isPresent() ? ofItsOwn(threshold, perSecond) : 1;
        double beside = threshold.judging().maxRatio().orElse(Double.POSITIVE_INFINITY) * stable.badShare();
        double share = Math.min(ofItsOwn, beside);
        return share > 0 && share < 1 ? Optional.of(share) : Optional.empty();
    }

    private static double ofItsOwn(Threshold threshold, double perSecond) {
        double max = threshold.judging().bounds().max().getAsDouble();
        if (threshold instanceof Latency latency) {
            return LatencyBuckets.limitOf(latency.quantile());
        }
        return threshold instanceof FailedRequests failed
                ? max / (perSecond * failed.per().toMillis() / 1000.0)
                : max;
    }
}
