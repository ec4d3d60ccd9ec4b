package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds thresholds that do not fit beside each other, into the watch, or to the way in which they are decided. */
final class ThresholdRules {

    private ThresholdRules() {}

    /** Notes titles that are there twice, and decisions that cannot be made. */
    static void check(List<Located<Threshold>> thresholds, Values values) {
        checkTitles(thresholds, values);
        checkDecisions(thresholds, values);
    }

    private static void checkTitles(List<Located<Threshold>> thresholds, Values values) {
        Map<String, String> seen = new HashMap<>();
        for (Located<Threshold> threshold : thresholds) {
            String title = threshold.value().title();
            String first = seen.putIfAbsent(title, threshold.path());
            if (first != null) {
                values.wrong(
                        threshold,
                        "found the name " + Words.quote(title) + " of " + first + " again",
                        "a 'name' of its own");
            }
        }
    }

    /** What cannot be counted, or is about samples, cannot be decided by counts. */
    private static void checkDecisions(List<Located<Threshold>> thresholds, Values values) {
        for (Located<Threshold> threshold : thresholds) {
            Judging judging = threshold.value().judging();
            boolean sequential = Decide.of(threshold.value()) == Decide.SEQUENTIAL;
            if (sequential && !Decide.canCount(threshold.value())) {
                values.wrong(
                        threshold,
                        "decide: sequential, where no bad requests can be counted against a limit",
                        "everySample here; sequential is for errorRate (max above 0% and below 100%), latency with a max,"
                                + " and failedRequests, none of them with a min");
            } else if (sequential
                    && (judging.allowedBreaches() > 0 || judging.lasting().isPresent())) {
                values.wrong(
                        threshold,
                        "decide: sequential beside allowedBreaches or for, which are about samples",
                        "decide: everySample with them, or sequential without");
            } else if (!sequential && judging.burstiness().isPresent()) {
                values.wrong(
                        threshold,
                        "a burstiness where every sample is judged for itself",
                        "it only where requests are counted, with decide: sequential");
            } else if (sequential && judging.minRequests().isPresent()) {
                values.wrong(
                        threshold,
                        "a minRequests where all requests counted so far decide, and tell themselves when they are enough",
                        "it only where every sample is judged for itself, with decide: everySample");
            }
        }
    }

    /** A window shorter than the time between two looks would let requests in between go unseen. */
    static void checkWindows(List<Located<Threshold>> thresholds, Watch watch, Values values) {
        for (Located<Threshold> threshold : thresholds) {
            if (threshold.value() instanceof ServiceThreshold service
                    && service.window().compareTo(watch.interval()) < 0) {
                values.wrong(
                        threshold,
                        "it looks back over " + Units.duration(service.window()) + ", but is looked at only every "
                                + Units.duration(watch.interval()),
                        "a window of at least the watch's interval, else requests in between never count");
            }
        }
    }
}
