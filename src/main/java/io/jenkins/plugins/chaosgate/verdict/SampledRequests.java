package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.LatencyBuckets;
import io.jenkins.plugins.chaosgate.verdict.sequential.SampleSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How many requests lie behind samples. Windows of samples overlap, so one that begins before the last one that was counted had
 * ended adds nothing, unless it alone has more.
 *
 * @param number so many at least
 * @param until the end of the newest window that was counted; empty before the first
 */
record SampledRequests(long number, Optional<Instant> until) {

    static final SampledRequests NONE = new SampledRequests(0, Optional.empty());

    /** Without requests to count, fewer observations than this show nothing. */
    static final int OBSERVATIONS = 3;

    /** Where no limit says how many are needed, a canary of which this share fails should have shown a bad request. */
    private static final double SHARE_TO_SHOW = 0.05;

    SampledRequests {
        Objects.requireNonNull(until, "until");
    }

    SampledRequests plus(Threshold threshold, Observation observation) {
        if (observation.counted().isPresent()) {
            return new SampledRequests(
                    Math.max(number, observation.counted().get().judged().total()), until);
        }
        long more = observation.requests().orElse(0);
        boolean apart = until.map(end -> !observation.time().isBefore(end.plus(window(threshold))))
                .orElse(true);
        return apart
                ? new SampledRequests(number + more, Optional.of(observation.time()))
                : new SampledRequests(Math.max(number, more), until);
    }

    /** How many a threshold needs before it can be kept; empty where requests are not what is counted. */
    static OptionalLong needed(Threshold threshold) {
        Judging judging = threshold.judging();
        if (judging.minRequests().isPresent()) {
            return judging.minRequests();
        }
        OptionalDouble max = judging.bounds().max();
        if (threshold instanceof FailedRequests && max.isPresent()) {
            return OptionalLong.of((long) Math.floor(max.getAsDouble()) + 1);
        }
        if (threshold instanceof Latency latency) {
            return toShow(LatencyBuckets.limitOf(latency.quantile()));
        }
        return threshold instanceof ErrorRate ? toShow(max.orElse(0)) : OptionalLong.empty();
    }

    private static OptionalLong toShow(double limit) {
        double share = limit > 0 ? limit : SHARE_TO_SHOW;
        return OptionalLong.of(share < 1 ? SampleSize.toShow(share, Confidence.DEFAULT.beta()) : 1);
    }

    private static Duration window(Threshold threshold) {
        if (threshold instanceof ErrorRate rate) {
            return rate.window();
        }
        if (threshold instanceof Latency latency) {
            return latency.window();
        }
        return threshold instanceof FailedRequests failed ? failed.window() : Duration.ZERO;
    }
}
