package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds limits that nothing could break within the watch: a gate with one of them would pass whatever the canary does. And
 * faults that nothing could prove, or that touch fewer requests than a limit forgives.
 */
final class UnbreakableLimits {

    private final Values values;

    UnbreakableLimits(Values values) {
        this.values = values;
    }

    /** Notes what is too long, or too much, for the watch. */
    void check(List<Located<Threshold>> thresholds, Watch watch) {
        for (Located<Threshold> threshold : thresholds) {
            checkBounds(threshold);
            checkWindow(threshold, watch.duration());
            checkBreaches(threshold, watch);
            checkLasting(threshold, watch.duration());
        }
    }

    /** Notes delays that end too late to be seen. */
    void checkDelays(List<Located<Fault>> faults, Watch watch) {
        for (Located<Fault> fault : faults) {
            if (fault.value() instanceof HttpDelay delay
                    && delay.delay().plus(watch.interval()).compareTo(watch.missingData()) >= 0) {
                values.wrong(
                        fault.field("delay"),
                        "with a look each " + Units.duration(watch.interval()) + ", a delay of "
                                + Units.duration(delay.delay()) + " is not proven within the missingData of "
                                + Units.duration(watch.missingData()),
                        "a delay shorter than missingData by more than the interval");
            }
        }
    }

    /** Notes thresholds that forgive everything that the faults touch, at the fault that touches most. */
    void checkPercentages(List<Located<Fault>> faults, List<Located<Threshold>> thresholds) {
        Optional<Located<Fault>> widest = faults.stream().max(Comparator.comparingInt(UnbreakableLimits::millionths));
        widest.ifPresent(fault -> thresholds.forEach(threshold -> forgiven(threshold.value())
                .filter(share -> share.compareTo(BigDecimal.valueOf(millionths(fault), 6)) >= 0)
                .ifPresent(share -> values.wrong(
                        fault.field("percentage"),
                        "found a fault on " + fault.value().scope().percentage() + " of calls, where "
                                + Words.quote(threshold.value().title()) + " forgives " + percent(share)
                                + " of requests: what it touches could not break that",
                        "a percentage above that, or a stricter limit"))));
    }

    private void checkBounds(Located<Threshold> threshold) {
        Bounds bounds = threshold.value().judging().bounds();
        boolean isShare = threshold.value() instanceof ErrorRate;
        boolean isCounted = isShare || threshold.value() instanceof FailedRequests;
        boolean noMax = isShare ? bounds.max().orElse(1) >= 1 : bounds.max().isEmpty();
        boolean noMin = bounds.min().isEmpty() || isCounted && bounds.min().getAsDouble() <= 0;
        if (noMax && noMin && threshold.value().judging().maxRatio().isEmpty()) {
            Unit unit = threshold.value().unit();
            values.wrong(
                    threshold.field(bounds.max().isPresent() ? "max" : "min"),
                    bounds.max().isPresent()
                            ? "nothing is ever above "
                                    + unit.format(bounds.max().getAsDouble())
                            : "nothing is ever below "
                                    + unit.format(bounds.min().orElse(0)),
                    "a limit that could be broken");
        }
    }

    private void checkWindow(Located<Threshold> threshold, Duration duration) {
        if (threshold.value() instanceof ServiceThreshold service
                && service.window().compareTo(duration) > 0) {
            String field = service instanceof FailedRequests ? "per" : "window";
            values.wrong(
                    threshold.field(field),
                    "a time of " + Units.duration(service.window()) + ", of which no more than the duration of "
                            + Units.duration(duration) + " is watched",
                    "at most the watch's duration, with a limit that fits it");
        }
    }

    private void checkBreaches(Located<Threshold> threshold, Watch watch) {
        long looks = watch.duration().dividedBy(watch.interval());
        int allowed = threshold.value().judging().allowedBreaches();
        if (allowed >= looks) {
            values.wrong(
                    threshold.field("allowedBreaches"),
                    "all of the " + looks + " looks that fit into the duration may break the limit",
                    "fewer than " + looks);
        }
    }

    private void checkLasting(Located<Threshold> threshold, Duration duration) {
        threshold
                .value()
                .judging()
                .lasting()
                .filter(time -> time.compareTo(duration) >= 0)
                .ifPresent(time -> values.wrong(
                        threshold.field("for"),
                        "breaches that last for " + Units.duration(time) + " do not fit into the duration of "
                                + Units.duration(duration),
                        "less than the watch's duration"));
    }

    /** The share of bad requests that a threshold lets go by; empty where it has another limit, or none of that kind. */
    private static Optional<BigDecimal> forgiven(Threshold threshold) {
        OptionalDouble max = threshold.judging().bounds().max();
        boolean spared = threshold instanceof ServiceThreshold service
                && service.arm().filter(Arm.STABLE::equals).isPresent();
        if (spared || max.isEmpty() || threshold.judging().maxRatio().isPresent()) {
            return Optional.empty();
        }
        if (threshold instanceof Latency latency) {
            return Optional.of(BigDecimal.ONE.subtract(Decimals.exact(latency.quantile())));
        }
        return threshold instanceof ErrorRate && max.getAsDouble() < 1
                ? Optional.of(Decimals.exact(max.getAsDouble()))
                : Optional.empty();
    }

    private static int millionths(Located<Fault> fault) {
        return fault.value().scope().percentage().millionths();
    }

    private static String percent(BigDecimal share) {
        return Decimals.plain(share.movePointRight(2)) + " %";
    }
}
