package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How much asking an administrator lets one gate do: each look asks Prometheus, and each webhook, from the controller.
 *
 * @param maxWebhooks the most webhook thresholds of one experiment; 0 allows none
 * @param maxDuration the longest that warm-up, watch and recovery may each take
 * @param minInterval the shortest time from one look to the next
 */
record WatchLimits(int maxWebhooks, Duration maxDuration, Duration minInterval) {

    /** For a target that says nothing: enough for a canary that bakes for hours, and too little to flood anybody. */
    static final WatchLimits DEFAULT = new WatchLimits(10, Duration.ofHours(2), Duration.ofSeconds(1));

    private static final String WHO = "; an administrator sets this on the target (";

    WatchLimits {
        Objects.requireNonNull(maxDuration, "maxDuration");
        Objects.requireNonNull(minInterval, "minInterval");
    }

    /** Everything that the experiment wants and may not have, in words; empty if there is nothing. */
    List<String> refusals(Experiment experiment) {
        List<String> refusals = new ArrayList<>();
        long webhooks = experiment.steadyState().stream()
                .filter(Webhook.class::isInstance)
                .count();
        if (webhooks > maxWebhooks) {
            refusals.add("it has " + webhooks + " webhook thresholds, and the most allowed are " + maxWebhooks + WHO
                    + "maxWebhooks)");
        }
        refuseLonger("duration", experiment.watch().duration(), refusals);
        refuseLonger("warmup", experiment.watch().warmup(), refusals);
        refuseLonger("recovery", experiment.watch().recovery(), refusals);
        Duration interval = experiment.watch().interval();
        if (interval.compareTo(minInterval) < 0) {
            refusals.add("the interval is " + Units.duration(interval) + ", and the shortest allowed is "
                    + Units.duration(minInterval) + WHO + "minIntervalSeconds)");
        }
        return refusals;
    }

    private void refuseLonger(String field, Duration asked, List<String> refusals) {
        if (asked.compareTo(maxDuration) > 0) {
            refusals.add("the " + field + " is " + Units.duration(asked) + ", and the longest allowed is "
                    + Units.duration(maxDuration) + WHO + "maxDurationSeconds)");
        }
    }
}
